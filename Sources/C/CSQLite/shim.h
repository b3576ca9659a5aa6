#pragma once
#include <stddef.h>
#include <sqlite3.h>

// Swift cannot call functions with a variable number of arguments.

/// Leaves out SQLite's count of all memory, which takes one lock of the whole process for each piece.
/// Before the first connection of a process only; later it changes nothing.
static inline void sqlite_config_without_memory_statistics(void) {
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// Swift cannot say SQLITE_STATIC and SQLITE_TRANSIENT, which are casts of numbers to functions.

/// Binds text that stays where it is until the statement is bound again.
static inline int sqlite_bind_text_kept(sqlite3_stmt *statement, int index, const void *text, size_t count) {
    return sqlite3_bind_text64(statement, index, (const char *)text, count, SQLITE_STATIC, SQLITE_UTF8);
}

static inline int sqlite_bind_text_copied(sqlite3_stmt *statement, int index, const void *text, size_t count) {
    return sqlite3_bind_text64(statement, index, (const char *)text, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int sqlite_bind_blob_kept(sqlite3_stmt *statement, int index, const void *bytes, size_t count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_STATIC);
}

static inline int sqlite_bind_blob_copied(sqlite3_stmt *statement, int index, const void *bytes, size_t count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}
