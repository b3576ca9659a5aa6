#define _GNU_SOURCE
#include "curl_shim.h"
#include <dlfcn.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

// The functions of libcurl that are used, each under its own name and of its own type.
#define FUNCTIONS(do) \
    do(curl_global_init) do(curl_version) do(curl_easy_strerror) do(curl_easy_init) \
    do(curl_easy_cleanup) do(curl_easy_setopt) do(curl_easy_getinfo) do(curl_slist_append) \
    do(curl_slist_free_all) do(curl_multi_init) do(curl_multi_cleanup) do(curl_multi_add_handle) \
    do(curl_multi_remove_handle) do(curl_multi_socket_action) do(curl_multi_setopt) \
    do(curl_multi_info_read)

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define FIELD(name) __typeof__(&name) name;
struct functions { FUNCTIONS(FIELD) };
static struct functions lib;

const char *curl_load(const char *name) {
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
    struct functions found;
#define FIND(name) \
    found.name = (__typeof__(found.name))dlsym(library, #name); \
    if (!found.name) return dlerror();
    FUNCTIONS(FIND)
    CURLcode code = found.curl_global_init(CURL_GLOBAL_ALL);
    if (code != CURLE_OK) return found.curl_easy_strerror(code);
    lib = found;
    return NULL;
}

const char *curl_words(void) { return lib.curl_version(); }

const char *curl_problem(CURLcode code) { return lib.curl_easy_strerror(code); }

// One transfer

CURL *curl_make(void) { return lib.curl_easy_init(); }

void curl_end(CURL *easy) { lib.curl_easy_cleanup(easy); }

CURLcode curl_set_number(CURL *easy, CURLoption option, long value) {
    return lib.curl_easy_setopt(easy, option, value);
}

CURLcode curl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return lib.curl_easy_setopt(easy, option, value);
}

CURLcode curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return lib.curl_easy_setopt(easy, option, value);
}

CURLcode curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return lib.curl_easy_setopt(easy, option, value);
}

struct curl_slist *curl_list_append(struct curl_slist *list, const char *value) {
    return lib.curl_slist_append(list, value);
}

void curl_list_end(struct curl_slist *list) { lib.curl_slist_free_all(list); }

CURLcode curl_set_body(CURL *easy, const void *bytes, size_t count) {
    CURLcode code = lib.curl_easy_setopt(easy, CURLOPT_POST, 1L);
    if (code != CURLE_OK) return code;
    code = lib.curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    if (code != CURLE_OK) return code;
    // Without bytes libcurl would ask the source for them.
    return lib.curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, count ? bytes : "");
}

CURLcode curl_set_words(CURL *easy, char *words) {
    return lib.curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words);
}

CURLcode curl_set_source(CURL *easy, curl_bytes source, void *context) {
    CURLcode code = lib.curl_easy_setopt(easy, CURLOPT_READFUNCTION, source);
    return code != CURLE_OK ? code : lib.curl_easy_setopt(easy, CURLOPT_READDATA, context);
}

CURLcode curl_set_sink(CURL *easy, curl_bytes content, curl_bytes line, void *context) {
    CURLcode code = lib.curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, content);
    if (code != CURLE_OK) return code;
    code = lib.curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
    if (code != CURLE_OK) return code;
    code = lib.curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, line);
    return code != CURLE_OK ? code : lib.curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

CURLcode curl_set_opener(CURL *easy, curl_opensocket_callback opener, void *context) {
    CURLcode code = lib.curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, opener);
    return code != CURLE_OK ? code : lib.curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, context);
}

int curl_address(const struct curl_sockaddr *place, unsigned char *bytes) {
    memset(bytes, 0, 16);
    if (place->family == AF_INET) {
        bytes[10] = bytes[11] = 0xff;
        memcpy(bytes + 12, &((const struct sockaddr_in *)&place->addr)->sin_addr, 4);
        return 1;
    }
    if (place->family != AF_INET6) return 0;
    memcpy(bytes, &((const struct sockaddr_in6 *)&place->addr)->sin6_addr, 16);
    return 1;
}

curl_socket_t curl_open(const struct curl_sockaddr *place) {
    return socket(place->family, place->socktype | SOCK_CLOEXEC, place->protocol);
}

long curl_response_code(CURL *easy) {
    long code = 0;
    CURLcode found = lib.curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
    return found == CURLE_OK ? code : 0;
}

// Many transfers

CURLM *curl_many_make(void) { return lib.curl_multi_init(); }

void curl_many_end(CURLM *multi) { lib.curl_multi_cleanup(multi); }

CURLMcode curl_many_add(CURLM *multi, CURL *easy) {
    return lib.curl_multi_add_handle(multi, easy);
}

void curl_many_remove(CURLM *multi, CURL *easy) { lib.curl_multi_remove_handle(multi, easy); }

CURLMcode curl_many_act(CURLM *multi, curl_socket_t socket, int events) {
    int running = 0;
    return lib.curl_multi_socket_action(multi, socket, events, &running);
}

CURLMcode curl_many_set_number(CURLM *multi, CURLMoption option, long value) {
    return lib.curl_multi_setopt(multi, option, value);
}

CURLMcode curl_many_listen(
    CURLM *multi, curl_socket_listener socket, curl_timer_listener timer, void *context
) {
    lib.curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket);
    lib.curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    lib.curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
    return lib.curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}

CURL *curl_many_next_ended(CURLM *multi, CURLcode *code) {
    int left = 0;
    for (CURLMsg *message; (message = lib.curl_multi_info_read(multi, &left));) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}
