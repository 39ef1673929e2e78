#pragma once
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo take a variable argument, which Swift's importer leaves out: one function for each type.
static inline CURLcode ecocd_curl_set_number(CURL *handle, CURLoption option, long value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode ecocd_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
    return (curl_easy_setopt)(handle, option, value);
}

typedef size_t (*ecocd_curl_sink)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ecocd_curl_set_sink(CURL *handle, ecocd_curl_sink sink, void *context) {
    CURLcode code = (curl_easy_setopt)(handle, CURLOPT_WRITEFUNCTION, sink);
    return code != CURLE_OK ? code : (curl_easy_setopt)(handle, CURLOPT_WRITEDATA, context);
}

static inline CURLcode ecocd_curl_get_number(CURL *handle, CURLINFO info, long *value) { return (curl_easy_getinfo)(handle, info, value); }

static inline CURLcode ecocd_curl_get_text(CURL *handle, CURLINFO info, const char **value) {
    return (curl_easy_getinfo)(handle, info, value);
}
