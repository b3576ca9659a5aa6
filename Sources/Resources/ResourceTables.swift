// Resources: kinds of data that an app declares, and what comes of them.
//
// `Declaration` has the values and reads them from JSON5. `Rules` says who may do what. `Tables` has
// the shape of a table in words of no engine: one is made of a declaration, one is found in a
// database, and the difference becomes statements. Everything there is pure but for reading the
// database.
//
// Which tables are resources' stands in `resource_tables`: no other table is ever touched.

import SQL

/// What is kept about the tables of resources.
package enum ResourceTables {
    package static let migration = Migration(
        "resource-tables/0001_resource_tables",
        sqlite: .init(
            up: "CREATE TABLE resource_tables (name TEXT NOT NULL PRIMARY KEY) STRICT",
            down: "DROP TABLE resource_tables"),
        postgres: .init(
            up: "CREATE TABLE resource_tables (name text NOT NULL PRIMARY KEY)",
            down: "DROP TABLE resource_tables"))
}
