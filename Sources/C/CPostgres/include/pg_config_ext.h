// libpq's header asks for this one where Debian does not have it by default.
#include <postgresql/pg_config_ext.h>
