#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// Functions of libpq's names are for this program, not for libpq itself.
#pragma GCC visibility push(hidden)
#include "postgres_shim.h"
#pragma GCC visibility pop

// The functions of libpq that are used, each under its own name and of its own type.
#define FUNCTIONS(do) \
    do(PQconninfoParse) do(PQconninfoFree) do(PQfreemem) do(PQconnectdb) do(PQconnectdbParams) \
    do(PQconnectStartParams) do(PQconnectPoll) do(PQfinish) do(PQstatus) do(PQtransactionStatus) \
    do(PQerrorMessage) do(PQsocket) do(PQsslInUse) do(PQsetnonblocking) do(PQsetNoticeReceiver) \
    do(PQgetCancel) do(PQfreeCancel) do(PQcancel) do(PQexec) do(PQexecParams) do(PQprepare) do(PQexecPrepared) \
    do(PQdescribePrepared) do(PQsendQuery) do(PQsendQueryParams) do(PQsendPrepare) \
    do(PQsendQueryPrepared) do(PQgetResult) do(PQisBusy) do(PQconsumeInput) do(PQflush) \
    do(PQenterPipelineMode) do(PQexitPipelineMode) do(PQpipelineSync) do(PQnotifies) do(PQclear) \
    do(PQresultStatus) do(PQresultErrorMessage) do(PQresultErrorField) do(PQcmdStatus) \
    do(PQntuples) do(PQnfields) do(PQnparams) do(PQfname) do(PQftable) do(PQftablecol) \
    do(PQftype) do(PQgetvalue) do(PQgetlength) do(PQgetisnull)

#define FIELD(name) __typeof__(&name) name;
static struct functions { FUNCTIONS(FIELD) } lib;
static const char *problem;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        problem = strdup(dlerror());
        return;
    }
#define FIND(name) \
    lib.name = (__typeof__(lib.name))dlsym(library, #name); \
    if (!lib.name) problem = "libpq.so.5 lacks " #name;
    FUNCTIONS(FIND)
}

const char *postgres_problem(void) {
    pthread_once(&once, load);
    return problem;
}

// Beginning something

PQconninfoOption *PQconninfoParse(const char *info, char **error) {
    if (!postgres_problem()) return lib.PQconninfoParse(info, error);
    if (error) *error = strdup(problem);
    return NULL;
}

PGconn *PQconnectdb(const char *info) { return postgres_problem() ? NULL : lib.PQconnectdb(info); }

PGconn *PQconnectdbParams(const char *const *names, const char *const *values, int expands) {
    return postgres_problem() ? NULL : lib.PQconnectdbParams(names, values, expands);
}

PGconn *PQconnectStartParams(const char *const *names, const char *const *values, int expands) {
    return postgres_problem() ? NULL : lib.PQconnectStartParams(names, values, expands);
}

// What there is where nothing could begin

void PQfreemem(void *memory) { lib.PQfreemem ? lib.PQfreemem(memory) : free(memory); }

void PQfinish(PGconn *link) {
    if (link) lib.PQfinish(link);
}

ConnStatusType PQstatus(const PGconn *link) { return link ? lib.PQstatus(link) : CONNECTION_BAD; }

char *PQerrorMessage(const PGconn *link) {
    static char nothing[] = "libpq cannot be loaded";
    return lib.PQerrorMessage ? lib.PQerrorMessage(link) : nothing;
}

void PQclear(PGresult *result) {
    if (result) lib.PQclear(result);
}

// Connections

void PQconninfoFree(PQconninfoOption *options) { lib.PQconninfoFree(options); }
PostgresPollingStatusType PQconnectPoll(PGconn *link) { return lib.PQconnectPoll(link); }
PGTransactionStatusType PQtransactionStatus(const PGconn *link) {
    return lib.PQtransactionStatus(link);
}
int PQsocket(const PGconn *link) { return lib.PQsocket(link); }
int PQsslInUse(PGconn *link) { return lib.PQsslInUse(link); }
int PQsetnonblocking(PGconn *link, int value) { return lib.PQsetnonblocking(link, value); }
PQnoticeReceiver PQsetNoticeReceiver(PGconn *link, PQnoticeReceiver receiver, void *context) {
    return lib.PQsetNoticeReceiver(link, receiver, context);
}
PGcancel *PQgetCancel(PGconn *link) { return lib.PQgetCancel(link); }
void PQfreeCancel(PGcancel *cancel) { lib.PQfreeCancel(cancel); }
int PQcancel(PGcancel *cancel, char *error, int size) { return lib.PQcancel(cancel, error, size); }
PGnotify *PQnotifies(PGconn *link) { return lib.PQnotifies(link); }

// Queries

PGresult *PQexec(PGconn *link, const char *query) { return lib.PQexec(link, query); }
PGresult *PQexecParams(
    PGconn *link, const char *query, int count, const Oid *types, const char *const *values,
    const int *lengths, const int *formats, int format
) {
    return lib.PQexecParams(link, query, count, types, values, lengths, formats, format);
}
PGresult *PQexecPrepared(
    PGconn *link, const char *name, int count, const char *const *values, const int *lengths,
    const int *formats, int format
) {
    return lib.PQexecPrepared(link, name, count, values, lengths, formats, format);
}
PGresult *PQprepare(
    PGconn *link, const char *name, const char *query, int count, const Oid *types
) {
    return lib.PQprepare(link, name, query, count, types);
}
PGresult *PQdescribePrepared(PGconn *link, const char *name) {
    return lib.PQdescribePrepared(link, name);
}
int PQsendQuery(PGconn *link, const char *query) { return lib.PQsendQuery(link, query); }
int PQsendQueryParams(
    PGconn *link, const char *query, int count, const Oid *types, const char *const *values,
    const int *lengths, const int *formats, int format
) {
    return lib.PQsendQueryParams(link, query, count, types, values, lengths, formats, format);
}
int PQsendPrepare(PGconn *link, const char *name, const char *query, int count, const Oid *types) {
    return lib.PQsendPrepare(link, name, query, count, types);
}
int PQsendQueryPrepared(
    PGconn *link, const char *name, int count, const char *const *values, const int *lengths,
    const int *formats, int format
) {
    return lib.PQsendQueryPrepared(link, name, count, values, lengths, formats, format);
}
PGresult *PQgetResult(PGconn *link) { return lib.PQgetResult(link); }
int PQisBusy(PGconn *link) { return lib.PQisBusy(link); }
int PQconsumeInput(PGconn *link) { return lib.PQconsumeInput(link); }
int PQflush(PGconn *link) { return lib.PQflush(link); }
int PQenterPipelineMode(PGconn *link) { return lib.PQenterPipelineMode(link); }
int PQexitPipelineMode(PGconn *link) { return lib.PQexitPipelineMode(link); }
int PQpipelineSync(PGconn *link) { return lib.PQpipelineSync(link); }

// Results

ExecStatusType PQresultStatus(const PGresult *result) { return lib.PQresultStatus(result); }
char *PQresultErrorMessage(const PGresult *result) { return lib.PQresultErrorMessage(result); }
char *PQresultErrorField(const PGresult *result, int code) {
    return lib.PQresultErrorField(result, code);
}
char *PQcmdStatus(PGresult *result) { return lib.PQcmdStatus(result); }
int PQntuples(const PGresult *result) { return lib.PQntuples(result); }
int PQnfields(const PGresult *result) { return lib.PQnfields(result); }
int PQnparams(const PGresult *result) { return lib.PQnparams(result); }
char *PQfname(const PGresult *result, int column) { return lib.PQfname(result, column); }
Oid PQftable(const PGresult *result, int column) { return lib.PQftable(result, column); }
int PQftablecol(const PGresult *result, int column) { return lib.PQftablecol(result, column); }
Oid PQftype(const PGresult *result, int column) { return lib.PQftype(result, column); }
char *PQgetvalue(const PGresult *result, int row, int column) {
    return lib.PQgetvalue(result, row, column);
}
int PQgetlength(const PGresult *result, int row, int column) {
    return lib.PQgetlength(result, row, column);
}
int PQgetisnull(const PGresult *result, int row, int column) {
    return lib.PQgetisnull(result, row, column);
}
