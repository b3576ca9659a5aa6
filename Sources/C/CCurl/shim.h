#pragma once
#include <stddef.h>
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// Swift cannot call functions with a variable number of arguments, nor see macros of casts.

static inline CURLcode curl_start(void) { return curl_global_init(CURL_GLOBAL_ALL); }

static inline CURLcode curl_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

/// libcurl keeps a copy.
static inline CURLcode curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

/// Where `CURL_ERROR_SIZE` bytes of words may be written as long as the handle lives.
static inline CURLcode curl_set_words(CURL *easy, char *words) {
    return curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words);
}

typedef size_t (*curl_source)(char *into, size_t size, size_t count, void *context);

/// Whom libcurl asks for the next bytes to send.
static inline CURLcode curl_set_source(CURL *easy, curl_source source, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_READFUNCTION, source);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_READDATA, context);
}

/// The last code that the server answered with; 0 where it has not answered.
static inline long curl_response_code(CURL *easy) {
    long code = 0;
    return curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}

typedef int (*curl_socket_listener)(CURL *easy, curl_socket_t socket, int what, void *context, void *kept);
typedef int (*curl_timer_listener)(CURLM *multi, long milliseconds, void *context);

static inline CURLMcode curl_multi_listen(
    CURLM *multi, curl_socket_listener socket, curl_timer_listener timer, void *context
) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
    return curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}

static inline CURLMcode curl_multi_set_number(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/// The next transfer that has ended, or null. `code` is how.
static inline CURL *curl_next_ended(CURLM *multi, CURLcode *code) {
    int left = 0;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}
