#pragma once
#include <postgresql/libpq-fe.h>

// libpq, found when it is first needed: it brings Kerberos, LDAP and some twenty libraries, and a
// server on SQLite must not pay for them. Its functions have their own names; those that begin
// something load it, and answer NULL where it cannot be loaded.

/// NULL when libpq is there and ready, else what the system's loader says. The first to ask loads it.
const char *_Nullable postgres_problem(void);
