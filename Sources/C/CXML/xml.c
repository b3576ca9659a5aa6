#define _GNU_SOURCE
#include "xml_shim.h"
#include <dlfcn.h>
#include <limits.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

// The functions of libxml2 that are used, each under its own name and of its own type.
#define FUNCTIONS(do) \
    do(xmlInitParser) do(xmlCreatePushParserCtxt) do(xmlCtxtUseOptions) do(xmlParseChunk) \
    do(xmlStopParser) do(xmlFreeParserCtxt) do(xmlFreeDoc)

#define FIELD(name) __typeof__(&name) name;
struct functions { FUNCTIONS(FIELD) };
static struct functions lib;
static const char *version;

const char *xml_load(const char *name) {
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
    struct functions found;
#define FIND(name) \
    found.name = (__typeof__(found.name))dlsym(library, #name); \
    if (!found.name) return dlerror();
    FUNCTIONS(FIND)
    const char *const *text = dlsym(library, "xmlParserVersion");
    if (!text) return dlerror();
    found.xmlInitParser();
    version = *text;
    lib = found;
    return NULL;
}

const char *xml_version(void) { return version; }

// One document

struct reading {
    xmlParserCtxtPtr parser;
    xml_listener listener;
    void *context;
    xml_attribute *attributes;
    size_t space;
    xml_outcome outcome;
};

static void finish(struct reading *reading, xml_outcome outcome) {
    if (reading->outcome == XML_IS_FINE) reading->outcome = outcome;
    lib.xmlStopParser(reading->parser);
}

/// Room for so many attributes. They are kept from element to element.
static int make_room(struct reading *reading, size_t count) {
    if (count <= reading->space) return 1;
    xml_attribute *grown = realloc(reading->attributes, count * sizeof *grown);
    if (!grown) return 0;
    reading->attributes = grown;
    reading->space = count;
    return 1;
}

static void on_start(
    void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *space,
    int namespaces, const xmlChar **declared, int count, int defaulted, const xmlChar **attributes
) {
    (void)namespaces, (void)declared, (void)defaulted;
    struct reading *reading = context;
    if (reading->outcome != XML_IS_FINE) return;
    size_t total = count < 0 ? 0 : (size_t)count;
    if (!make_room(reading, total)) return finish(reading, XML_HAS_NO_MEMORY);
    for (size_t i = 0; i < total; i++) {
        // Name, prefix, namespace, where the value begins, and where it ends.
        const xmlChar **five = attributes + 5 * i;
        reading->attributes[i] = (xml_attribute){
            .name = {(const char *)five[0], (const char *)five[1], (const char *)five[2]},
            .value = (const char *)five[3],
            .count = (size_t)(five[4] - five[3]),
        };
    }
    xml_name name = {(const char *)local, (const char *)prefix, (const char *)space};
    if (!reading->listener.start(reading->context, name, reading->attributes, total))
        finish(reading, XML_WAS_ENDED);
}

static void on_end(
    void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *space
) {
    (void)local, (void)prefix, (void)space;
    struct reading *reading = context;
    if (reading->outcome != XML_IS_FINE) return;
    if (!reading->listener.end(reading->context)) finish(reading, XML_WAS_ENDED);
}

static void on_text(void *context, const xmlChar *bytes, int count) {
    struct reading *reading = context;
    if (reading->outcome != XML_IS_FINE || count <= 0) return;
    if (!reading->listener.text(reading->context, (const char *)bytes, (size_t)count))
        finish(reading, XML_WAS_ENDED);
}

// What a document declares is not read on: the first of it ends the reading. So there is never an
// entity that could be expanded, of this document or of another place.

static void on_entity(
    void *context, const xmlChar *name, int type, const xmlChar *public, const xmlChar *system,
    xmlChar *content
) {
    (void)name, (void)type, (void)public, (void)system, (void)content;
    finish(context, XML_DECLARES);
}

static void on_unparsed(
    void *context, const xmlChar *name, const xmlChar *public, const xmlChar *system,
    const xmlChar *notation
) {
    (void)name, (void)public, (void)system, (void)notation;
    finish(context, XML_DECLARES);
}

static void on_notation(
    void *context, const xmlChar *name, const xmlChar *public, const xmlChar *system
) {
    (void)name, (void)public, (void)system;
    finish(context, XML_DECLARES);
}

static void on_attribute(
    void *context, const xmlChar *element, const xmlChar *name, int type, int kind,
    const xmlChar *value, xmlEnumerationPtr tree
) {
    (void)element, (void)name, (void)type, (void)kind, (void)value, (void)tree;
    finish(context, XML_DECLARES);
}

static void on_element(
    void *context, const xmlChar *name, int type, xmlElementContentPtr content
) {
    (void)name, (void)type, (void)content;
    finish(context, XML_DECLARES);
}

static void on_reference(void *context, const xmlChar *name) {
    (void)name;
    finish(context, XML_DECLARES);
}

static xmlEntityPtr no_entity(void *context, const xmlChar *name) {
    (void)context, (void)name;
    return NULL;
}

/// Also keeps libxml2 from writing to the standard error.
static void on_error(void *context, xmlErrorPtr error) {
    struct reading *reading = context;
    if (reading->outcome != XML_IS_FINE || !error) return;
    if (error->code == XML_ERR_UNDECLARED_ENTITY || error->code == XML_WAR_UNDECLARED_ENTITY)
        return finish(reading, XML_DECLARES);
    if (error->level == XML_ERR_FATAL) finish(reading, XML_IS_BROKEN);
}

static xmlSAXHandler handler(void) {
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_text;
    sax.ignorableWhitespace = on_text;
    sax.entityDecl = on_entity;
    sax.unparsedEntityDecl = on_unparsed;
    sax.notationDecl = on_notation;
    sax.attributeDecl = on_attribute;
    sax.elementDecl = on_element;
    sax.reference = on_reference;
    sax.getEntity = no_entity;
    sax.getParameterEntity = no_entity;
    sax.serror = (xmlStructuredErrorFunc)on_error;
    return sax;
}

xml_outcome xml_read(
    const char *bytes, size_t count, xml_listener listener, void *context
) {
    struct reading reading = {.listener = listener, .context = context};
    xmlSAXHandler sax = handler();
    reading.parser = lib.xmlCreatePushParserCtxt(&sax, &reading, NULL, 0, NULL);
    if (!reading.parser) return XML_HAS_NO_MEMORY;
    lib.xmlCtxtUseOptions(reading.parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    int code = count > INT_MAX ? XML_ERR_DOCUMENT_EMPTY
                               : lib.xmlParseChunk(reading.parser, bytes, (int)count, 1);
    // Errors that are none of well-formedness, such as a prefix that nothing stands for, are let be.
    if (reading.outcome == XML_IS_FINE && (code == XML_ERR_DOCUMENT_EMPTY || !reading.parser->wellFormed))
        reading.outcome = XML_IS_BROKEN;
    if (reading.parser->myDoc) lib.xmlFreeDoc(reading.parser->myDoc);
    reading.parser->myDoc = NULL;
    lib.xmlFreeParserCtxt(reading.parser);
    free(reading.attributes);
    return reading.outcome;
}
