#pragma once
#include <stddef.h>

// libxml2, found when it is first needed: a server that reads no XML must not pay for it. Of its many
// ways to read, one is used: a push parser that keeps no tree, knows no entity and opens no file.
//
// Nothing here may be called before xml_load has returned NULL.

/// NULL when libxml2 is there and ready, else what the system's loader says. Not for many threads at
/// once. The name is that of a shared object, such as "libxml2.so.2".
const char *_Nullable xml_load(const char *_Nonnull name);

/// `2.9.14`
const char *_Nonnull xml_version(void);

/// A name as the document gives it, with the namespace that its prefix stands for.
typedef struct {
    const char *_Nonnull local;
    const char *_Nullable prefix;
    const char *_Nullable space;
} xml_name;

/// An attribute's value, whose references to characters are resolved. It does not end with a NUL.
typedef struct {
    xml_name name;
    const char *_Nonnull value;
    size_t count;
} xml_attribute;

/// Whom the parser tells what it finds. 0 ends it.
typedef struct {
    int (*_Nonnull start)(
        void *_Nullable context, xml_name name, const xml_attribute *_Nullable attributes,
        size_t count);
    int (*_Nonnull end)(void *_Nullable context);
    int (*_Nonnull text)(void *_Nullable context, const char *_Nonnull bytes, size_t count);
} xml_listener;

typedef enum {
    XML_IS_FINE = 0,
    /// Not well-formed.
    XML_IS_BROKEN = 1,
    /// It declares entities, attributes or the like, or refers to what is not declared.
    XML_DECLARES = 2,
    /// The listener has ended it.
    XML_WAS_ENDED = 3,
    XML_HAS_NO_MEMORY = 4,
} xml_outcome;

/// Reads a document of UTF-8, whatever encoding it says it has.
xml_outcome xml_read(
    const char *_Nonnull bytes, size_t count, xml_listener listener, void *_Nullable context);
