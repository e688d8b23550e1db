// Instructions that Swift cannot express: they report a processor's capabilities, or pack and shuffle bytes.
#pragma once

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>

static inline void processor_id(unsigned leaf, unsigned subleaf, unsigned registers[4]) {
  __asm__("cpuid"
          : "=a"(registers[0]), "=b"(registers[1]), "=c"(registers[2]), "=d"(registers[3])
          : "a"(leaf), "c"(subleaf));
}

/// Returns which register state the system saves (XCR0). Call it only where CPUID leaf 1 reports OSXSAVE.
static inline unsigned processor_saved_state(void) {
  unsigned low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}
#endif

/// Prefetches `count` bytes into the caches.
static inline void processor_prefetch(const uint8_t *start, size_t count) {
  for (size_t i = 0; i < count; i += 64) __builtin_prefetch(start + i);
}

#if defined(__AVX512F__)
// Swift's own operators for these compile to a dozen instructions each.

/// Returns sum + a * b with one rounding. Swift's own operation works lane by lane, and the optimiser may fail to
/// vectorise it.
static inline __m512 processor_multiply_add(__m512 sum, __m512 a, __m512 b) { return _mm512_fmadd_ps(a, b, sum); }
/// Returns the maximum of a bound and x in each lane, or x where x is not a number.
static inline __m512 processor_at_least(float bound, __m512 x) { return _mm512_max_ps(_mm512_set1_ps(bound), x); }
/// Returns x in the lanes where y is positive, and 0 in the others.
static inline __m512 processor_where_positive(__m512 x, __m512 y) {
  return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(y, _mm512_setzero_ps(), _CMP_GT_OQ), x);
}
#endif

/// Sixteen words, each holding two 16-bit integers or one 32-bit integer.
typedef int32_t processor_words __attribute__((vector_size(64)));
typedef float processor_floats __attribute__((vector_size(64)));

#if defined(__AVX2__)
typedef __m256i processor_register;
#define processor_multiply_pairs _mm256_madd_epi16
#elif defined(__SSE2__)
typedef __m128i processor_register;
#define processor_multiply_pairs _mm_madd_epi16
#endif

/// Adds the dot product of the two 16-bit integers in each word of `a` and `b` to the 32-bit word of `sum`.
static inline processor_words processor_add_pairs(processor_words sum, processor_words a, processor_words b) {
#if defined(__AVX512VNNI__)
  return (processor_words)_mm512_dpwssd_epi32((__m512i)sum, (__m512i)a, (__m512i)b);
#elif defined(__SSE2__)
  enum { registers = sizeof a / sizeof(processor_register) };
  processor_register x[registers], y[registers];
  __builtin_memcpy(x, &a, sizeof a);
  __builtin_memcpy(y, &b, sizeof b);
  for (int i = 0; i < registers; i++) x[i] = processor_multiply_pairs(x[i], y[i]);
  __builtin_memcpy(&a, x, sizeof a);
  return sum + a;
#else
  return sum + (a << 16 >> 16) * (b << 16 >> 16) + (a >> 16) * (b >> 16);
#endif
}

/// Converts 32-bit integers to floats.
static inline processor_floats processor_as_floats(processor_words words) {
  return __builtin_convertvector(words, processor_floats);
}

/// Four words of two 16-bit integers each. `processor_unpack_pairs` widens eight bytes to them, from the lowest byte
/// on.
typedef int32_t processor_four_words __attribute__((vector_size(16)));
static inline processor_four_words processor_unpack_pairs(uint64_t bytes) {
#if defined(__SSE2__)
  return (processor_four_words)_mm_unpacklo_epi8(_mm_cvtsi64_si128((long long)bytes), _mm_setzero_si128());
#else
  processor_four_words words;
  for (int i = 0; i < 4; i++) words[i] = (int32_t)((bytes >> 16 * i & 0xff) | (bytes >> (16 * i + 8) & 0xff) << 16);
  return words;
#endif
}

/// Lists the indices i in 0..<16 where at least one of the bytes a[i], b[i], c[i] and d[i] is not zero. An entry holds
/// place + i in bits 0-31, a[i] in bits 32-39, b[i] in 40-47, c[i] in 48-55 and d[i] in 56-63. `entries` needs room for
/// 16 entries; entries beyond the returned count hold arbitrary values.
static inline unsigned processor_list_quad(
    const uint8_t *a, const uint8_t *b, const uint8_t *c, const uint8_t *d, uint32_t place, uint64_t *entries) {
#if defined(__AVX512F__)
  __m512i x = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)a));
  __m512i y = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)b));
  __m512i z = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)c));
  __m512i w = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)d));
  __m512i bytes = _mm512_or_si512(
      _mm512_or_si512(x, _mm512_slli_epi32(y, 8)), _mm512_or_si512(_mm512_slli_epi32(z, 16), _mm512_slli_epi32(w, 24)));
  __mmask16 used = _mm512_test_epi32_mask(bytes, bytes);
  __m512i counting = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  __m512i places = _mm512_maskz_compress_epi32(used, _mm512_add_epi32(_mm512_set1_epi32((int)place), counting));
  bytes = _mm512_maskz_compress_epi32(used, bytes);
  __m512i low = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  __m512i high = _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  _mm512_storeu_si512(entries, _mm512_permutex2var_epi32(places, low, bytes));
  _mm512_storeu_si512(entries + 8, _mm512_permutex2var_epi32(places, high, bytes));
  return (unsigned)__builtin_popcount(used);
#else
  uint32_t used;
#if defined(__SSE2__)
  __m128i first = _mm_or_si128(_mm_loadu_si128((const __m128i *)a), _mm_loadu_si128((const __m128i *)b));
  __m128i second = _mm_or_si128(_mm_loadu_si128((const __m128i *)c), _mm_loadu_si128((const __m128i *)d));
  used = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_or_si128(first, second), _mm_setzero_si128())) ^ 0xffff;
#else
  used = 0;
  for (int i = 0; i < 16; i++) used |= (uint32_t)((a[i] | b[i] | c[i] | d[i]) != 0) << i;
#endif
  unsigned count = (unsigned)__builtin_popcount(used);
  for (; used != 0; used &= used - 1) {
    int i = __builtin_ctz(used);
    *entries++ = (place + (uint32_t)i) | (uint64_t)a[i] << 32 | (uint64_t)b[i] << 40 | (uint64_t)c[i] << 48
        | (uint64_t)d[i] << 56;
  }
  return count;
#endif
}

/// Transposes 16 rows of 16 bytes: column j of the rows goes to columns + j * stride.
static inline void processor_transpose(
    const uint8_t *const *rows, ptrdiff_t offset, uint8_t *columns, ptrdiff_t stride) {
#if defined(__SSE2__)
  __m128i x[16], y[16];
  for (int i = 0; i < 16; i++) x[i] = _mm_loadu_si128((const __m128i *)(rows[i] + offset));
  // Each of four passes interleaves rows i and i + 8 byte by byte. Four such perfect shuffles transpose the block.
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < 8; i++) {
      y[2 * i] = _mm_unpacklo_epi8(x[i], x[i + 8]);
      y[2 * i + 1] = _mm_unpackhi_epi8(x[i], x[i + 8]);
    }
    for (int i = 0; i < 8; i++) {
      x[2 * i] = _mm_unpacklo_epi8(y[i], y[i + 8]);
      x[2 * i + 1] = _mm_unpackhi_epi8(y[i], y[i + 8]);
    }
  }
  for (int i = 0; i < 16; i++) _mm_storeu_si128((__m128i *)(columns + i * stride), x[i]);
#else
  for (int i = 0; i < 16; i++)
    for (int j = 0; j < 16; j++) columns[j * stride + i] = rows[i][offset + j];
#endif
}
