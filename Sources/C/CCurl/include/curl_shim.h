#pragma once
#include <stddef.h>
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// libcurl, found when it is first needed: it brings sixteen more libraries, and a server that sends
// nothing must not pay for them. Its header gives types and numbers only; its functions are called by
// the names below, which also have what Swift cannot call: a variable number of arguments.
//
// Nothing here may be called before curl_load has returned NULL.

/// NULL when libcurl is there and ready, else what the system's loader says. Not for many threads at
/// once. The name is that of a shared object, such as "libcurl.so.4".
const char *_Nullable curl_load(const char *_Nonnull name);

/// `libcurl/7.88.1 OpenSSL/3.0.19 …`
const char *_Nonnull curl_words(void);

const char *_Nonnull curl_problem(CURLcode code);

// MARK: One transfer

CURL *_Nullable curl_make(void);
void curl_end(CURL *_Nonnull easy);

CURLcode curl_set_number(CURL *_Nonnull easy, CURLoption option, long value);
CURLcode curl_set_size(CURL *_Nonnull easy, CURLoption option, curl_off_t value);

/// libcurl keeps a copy.
CURLcode curl_set_text(CURL *_Nonnull easy, CURLoption option, const char *_Nonnull value);

/// The list must live as long as the handle.
CURLcode curl_set_list(CURL *_Nonnull easy, CURLoption option, struct curl_slist *_Nonnull value);
struct curl_slist *_Nullable curl_list_append(
    struct curl_slist *_Nullable list, const char *_Nonnull value);
void curl_list_end(struct curl_slist *_Nonnull list);

/// What a POST sends. libcurl keeps a copy.
CURLcode curl_set_body(CURL *_Nonnull easy, const void *_Nullable bytes, size_t count);

/// Where `CURL_ERROR_SIZE` bytes of words may be written as long as the handle lives.
CURLcode curl_set_words(CURL *_Nonnull easy, char *_Nonnull words);

typedef size_t (*curl_bytes)(
    char *_Nullable bytes, size_t size, size_t count, void *_Nullable context);

/// Whom libcurl asks for the next bytes to send.
CURLcode curl_set_source(CURL *_Nonnull easy, curl_bytes _Nonnull source, void *_Nonnull context);

/// Whom libcurl gives what it receives, and the lines before it. Fewer bytes taken than given end the
/// transfer.
CURLcode curl_set_sink(
    CURL *_Nonnull easy, curl_bytes _Nonnull content, curl_bytes _Nonnull line,
    void *_Nonnull context);

/// Who opens sockets for libcurl, and may refuse to.
CURLcode curl_set_opener(
    CURL *_Nonnull easy, curl_opensocket_callback _Nonnull opener, void *_Nonnull context);

/// The address of a socket that is to be opened, an IPv4 address as `::ffff:1.2.3.4`. 0 where it is
/// none of these.
int curl_address(
    const struct curl_sockaddr *_Nonnull place, unsigned char *_Nonnull sixteen_bytes);

/// The socket, or CURL_SOCKET_BAD.
curl_socket_t curl_open(const struct curl_sockaddr *_Nonnull place);

/// The last code that the server answered with; 0 where it has not answered.
long curl_response_code(CURL *_Nonnull easy);

// MARK: Many transfers

CURLM *_Nullable curl_many_make(void);
void curl_many_end(CURLM *_Nonnull multi);
CURLMcode curl_many_add(CURLM *_Nonnull multi, CURL *_Nonnull easy);
void curl_many_remove(CURLM *_Nonnull multi, CURL *_Nonnull easy);
CURLMcode curl_many_act(CURLM *_Nonnull multi, curl_socket_t socket, int events);
CURLMcode curl_many_set_number(CURLM *_Nonnull multi, CURLMoption option, long value);

typedef int (*curl_socket_listener)(
    CURL *_Nullable easy, curl_socket_t socket, int what, void *_Nullable context,
    void *_Nullable kept);
typedef int (*curl_timer_listener)(
    CURLM *_Nullable multi, long milliseconds, void *_Nullable context);

CURLMcode curl_many_listen(
    CURLM *_Nonnull multi, curl_socket_listener _Nonnull socket,
    curl_timer_listener _Nonnull timer, void *_Nonnull context);

/// The next transfer that has ended, or null. `code` is how.
CURL *_Nullable curl_many_next_ended(CURLM *_Nonnull multi, CURLcode *_Nonnull code);
