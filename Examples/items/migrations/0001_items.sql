-- 0001_items: what changed in the declared resources, for both engines.
-- Written by `atrium resources apply`. A database that has applied it remembers its text:
-- from then on, edit nothing here, and declare a further change instead.

-- atrium: sqlite up
CREATE TABLE "items" (
    "row_id" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE CHECK (length("id") = 36),
    "user_id" TEXT NOT NULL CHECK (length("user_id") = 36) REFERENCES "users" ("id") ON DELETE CASCADE,
    "name" TEXT NOT NULL CHECK (length("name") <= 255),
    "description" TEXT CHECK (length("description") <= 1000),
    "status" TEXT NOT NULL DEFAULT 'active' CHECK ("status" IN ('active', 'inactive')),
    "created_at" INT NOT NULL,
    "updated_at" INT NOT NULL,
    "deleted_at" INT
) STRICT;
INSERT INTO "resource_tables" (name) VALUES ('items') ON CONFLICT (name) DO NOTHING;
CREATE TABLE "item_notes" (
    "row_id" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE CHECK (length("id") = 36),
    "user_id" TEXT NOT NULL CHECK (length("user_id") = 36) REFERENCES "users" ("id") ON DELETE CASCADE,
    "item_id" TEXT NOT NULL CHECK (length("item_id") = 36) REFERENCES "items" ("id") ON DELETE CASCADE,
    "text" TEXT NOT NULL CHECK (length("text") <= 2000),
    "created_at" INT NOT NULL,
    "updated_at" INT NOT NULL,
    "deleted_at" INT
) STRICT;
INSERT INTO "resource_tables" (name) VALUES ('item_notes') ON CONFLICT (name) DO NOTHING;
CREATE INDEX "items_user_id_reference" ON "items" ("user_id");
CREATE INDEX "items_created_at_index" ON "items" ("user_id", "created_at", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "items_status_index" ON "items" ("user_id", "status", "created_at", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "items_updated_at_index" ON "items" ("user_id", "updated_at", "created_at", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "items_name_index" ON "items" ("user_id", "name", "created_at", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "item_notes_user_id_reference" ON "item_notes" ("user_id");
CREATE INDEX "item_notes_item_id_reference" ON "item_notes" ("item_id", "created_at", "id");
CREATE INDEX "item_notes_created_at_index" ON "item_notes" ("user_id", "created_at", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "item_notes_item_id_index" ON "item_notes" ("user_id", "item_id", "created_at", "id") WHERE "deleted_at" IS NULL;
CREATE VIRTUAL TABLE "items_search" USING fts5("name", "description", content = 'items', content_rowid = 'row_id', tokenize = 'unicode61 remove_diacritics 0 categories ''L* N* M*''');
CREATE TRIGGER "items_search_inserted" AFTER INSERT ON "items" BEGIN INSERT INTO "items_search" (rowid, "name", "description") VALUES (new.row_id, new."name", new."description"); END;
CREATE TRIGGER "items_search_deleted" AFTER DELETE ON "items" BEGIN INSERT INTO "items_search" ("items_search", rowid, "name", "description") VALUES ('delete', old.row_id, old."name", old."description"); END;
CREATE TRIGGER "items_search_updated" AFTER UPDATE OF "name", "description" ON "items" BEGIN INSERT INTO "items_search" ("items_search", rowid, "name", "description") VALUES ('delete', old.row_id, old."name", old."description"); INSERT INTO "items_search" (rowid, "name", "description") VALUES (new.row_id, new."name", new."description"); END;
CREATE VIRTUAL TABLE "item_notes_search" USING fts5("text", content = 'item_notes', content_rowid = 'row_id', tokenize = 'unicode61 remove_diacritics 0 categories ''L* N* M*''');
CREATE TRIGGER "item_notes_search_inserted" AFTER INSERT ON "item_notes" BEGIN INSERT INTO "item_notes_search" (rowid, "text") VALUES (new.row_id, new."text"); END;
CREATE TRIGGER "item_notes_search_deleted" AFTER DELETE ON "item_notes" BEGIN INSERT INTO "item_notes_search" ("item_notes_search", rowid, "text") VALUES ('delete', old.row_id, old."text"); END;
CREATE TRIGGER "item_notes_search_updated" AFTER UPDATE OF "text" ON "item_notes" BEGIN INSERT INTO "item_notes_search" ("item_notes_search", rowid, "text") VALUES ('delete', old.row_id, old."text"); INSERT INTO "item_notes_search" (rowid, "text") VALUES (new.row_id, new."text"); END;

-- atrium: sqlite down
PRAGMA defer_foreign_keys = ON;
DROP TRIGGER IF EXISTS "items_search_inserted";
DROP TRIGGER IF EXISTS "items_search_deleted";
DROP TRIGGER IF EXISTS "items_search_updated";
DROP TABLE IF EXISTS "items_search";
DROP TRIGGER IF EXISTS "item_notes_search_inserted";
DROP TRIGGER IF EXISTS "item_notes_search_deleted";
DROP TRIGGER IF EXISTS "item_notes_search_updated";
DROP TABLE IF EXISTS "item_notes_search";
DROP TABLE "item_notes";
DROP TABLE "items";
DELETE FROM "resource_tables" WHERE name = 'items';
DELETE FROM "resource_tables" WHERE name = 'item_notes';

-- atrium: postgres up
CREATE TABLE "items" (
    "id" uuid NOT NULL PRIMARY KEY,
    "user_id" uuid NOT NULL CONSTRAINT "items_user_id_fkey" REFERENCES "users" ("id") ON DELETE CASCADE,
    "name" varchar(255) COLLATE "C" NOT NULL,
    "description" varchar(1000) COLLATE "C",
    "status" varchar(50) COLLATE "C" NOT NULL DEFAULT 'active' CONSTRAINT "items_status_check" CHECK ("status" IN ('active', 'inactive')),
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    "deleted_at" timestamptz
);
INSERT INTO "resource_tables" (name) VALUES ('items') ON CONFLICT (name) DO NOTHING;
CREATE TABLE "item_notes" (
    "id" uuid NOT NULL PRIMARY KEY,
    "user_id" uuid NOT NULL CONSTRAINT "item_notes_user_id_fkey" REFERENCES "users" ("id") ON DELETE CASCADE,
    "item_id" uuid NOT NULL CONSTRAINT "item_notes_item_id_fkey" REFERENCES "items" ("id") ON DELETE CASCADE,
    "text" varchar(2000) COLLATE "C" NOT NULL,
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    "deleted_at" timestamptz
);
INSERT INTO "resource_tables" (name) VALUES ('item_notes') ON CONFLICT (name) DO NOTHING;
CREATE INDEX "items_user_id_reference" ON "items" ("user_id" NULLS FIRST);
CREATE INDEX "items_created_at_index" ON "items" ("user_id" NULLS FIRST, "created_at" NULLS FIRST, "id" NULLS FIRST) WHERE "deleted_at" IS NULL;
CREATE INDEX "items_status_index" ON "items" ("user_id" NULLS FIRST, "status" NULLS FIRST, "created_at" NULLS FIRST, "id" NULLS FIRST) WHERE "deleted_at" IS NULL;
CREATE INDEX "items_updated_at_index" ON "items" ("user_id" NULLS FIRST, "updated_at" NULLS FIRST, "created_at" NULLS FIRST, "id" NULLS FIRST) WHERE "deleted_at" IS NULL;
CREATE INDEX "items_name_index" ON "items" ("user_id" NULLS FIRST, "name" NULLS FIRST, "created_at" NULLS FIRST, "id" NULLS FIRST) WHERE "deleted_at" IS NULL;
ALTER TABLE "items" ADD COLUMN "search_text" tsvector GENERATED ALWAYS AS (to_tsvector('simple', translate(left(coalesce("name", '') || ' ' || coalesce("description", ''), 100000), '!"#$%&''()*+,-./:;<=>?@[]^_`{|}~', '                               '))) STORED;
CREATE INDEX "items_search" ON "items" USING gin ("search_text");
CREATE INDEX "item_notes_user_id_reference" ON "item_notes" ("user_id" NULLS FIRST);
CREATE INDEX "item_notes_item_id_reference" ON "item_notes" ("item_id" NULLS FIRST, "created_at" NULLS FIRST, "id" NULLS FIRST);
CREATE INDEX "item_notes_created_at_index" ON "item_notes" ("user_id" NULLS FIRST, "created_at" NULLS FIRST, "id" NULLS FIRST) WHERE "deleted_at" IS NULL;
CREATE INDEX "item_notes_item_id_index" ON "item_notes" ("user_id" NULLS FIRST, "item_id" NULLS FIRST, "created_at" NULLS FIRST, "id" NULLS FIRST) WHERE "deleted_at" IS NULL;
ALTER TABLE "item_notes" ADD COLUMN "search_text" tsvector GENERATED ALWAYS AS (to_tsvector('simple', translate(left(coalesce("text", ''), 100000), '!"#$%&''()*+,-./:;<=>?@[]^_`{|}~', '                               '))) STORED;
CREATE INDEX "item_notes_search" ON "item_notes" USING gin ("search_text");

-- atrium: postgres down
DROP TABLE "item_notes";
DELETE FROM "resource_tables" WHERE name = 'item_notes';
DROP TABLE "items";
DELETE FROM "resource_tables" WHERE name = 'items';

-- atrium: tables
-- {"name":"items","columns":[{"name":"id","type":"id"},{"name":"user_id","type":"id","references":"users","onDelete":"cascade"},{"name":"name","type":"text","max":255},{"name":"description","type":"text","max":1000,"null":true},{"name":"status","type":"choice","values":["active","inactive"],"default":"active"},{"name":"created_at","type":"instant"},{"name":"updated_at","type":"instant"},{"name":"deleted_at","type":"instant","null":true}],"indexes":[{"name":"items_user_id_reference","columns":["user_id"]},{"name":"items_created_at_index","columns":["user_id","created_at","id"],"living":true},{"name":"items_status_index","columns":["user_id","status","created_at","id"],"living":true},{"name":"items_updated_at_index","columns":["user_id","updated_at","created_at","id"],"living":true},{"name":"items_name_index","columns":["user_id","name","created_at","id"],"living":true}],"search":["name","description"]}
-- {"name":"item_notes","columns":[{"name":"id","type":"id"},{"name":"user_id","type":"id","references":"users","onDelete":"cascade"},{"name":"item_id","type":"id","references":"items","onDelete":"cascade"},{"name":"text","type":"text","max":2000},{"name":"created_at","type":"instant"},{"name":"updated_at","type":"instant"},{"name":"deleted_at","type":"instant","null":true}],"indexes":[{"name":"item_notes_user_id_reference","columns":["user_id"]},{"name":"item_notes_item_id_reference","columns":["item_id","created_at","id"]},{"name":"item_notes_created_at_index","columns":["user_id","created_at","id"],"living":true},{"name":"item_notes_item_id_index","columns":["user_id","item_id","created_at","id"],"living":true}],"search":["text"]}
