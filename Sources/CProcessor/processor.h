// What Swift has no words for: instructions that tell what a processor can do, and that pack and shuffle bytes.
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

/// The register state that the system saves. To be called only where leaf 1 says that it may be.
static inline unsigned processor_saved_state(void) {
  unsigned low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}
#endif

/// Asks for `count` bytes to be brought near, to be there when they are read.
static inline void processor_prefetch(const uint8_t *start, size_t count) {
  for (size_t i = 0; i < count; i += 64) __builtin_prefetch(start + i);
}

/// Lists where one of the 16 bytes at `a` and at `b` is not zero: `place` and what follows it in bits 0-15, `a`'s byte in
/// 16-23, `b`'s in 24-31. There is to be room for 16 entries; those beyond the number returned are of no meaning.
static inline unsigned processor_list_pair(const uint8_t *a, const uint8_t *b, uint32_t place, uint32_t *entries) {
#if defined(__AVX512F__)
  __m512i x = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)a));
  __m512i y = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)b));
  __m512i bytes = _mm512_or_si512(_mm512_slli_epi32(x, 16), _mm512_slli_epi32(y, 24));
  __mmask16 used = _mm512_test_epi32_mask(bytes, bytes);
  __m512i places = _mm512_add_epi32(
      _mm512_set1_epi32((int)place), _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  _mm512_storeu_si512(entries, _mm512_maskz_compress_epi32(used, _mm512_or_si512(bytes, places)));
  return (unsigned)__builtin_popcount(used);
#else
  uint32_t used;
#if defined(__SSE2__)
  __m128i both = _mm_or_si128(_mm_loadu_si128((const __m128i *)a), _mm_loadu_si128((const __m128i *)b));
  used = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(both, _mm_setzero_si128())) ^ 0xffff;
#else
  used = 0;
  for (int i = 0; i < 16; i++) used |= (uint32_t)((a[i] | b[i]) != 0) << i;
#endif
  unsigned count = (unsigned)__builtin_popcount(used);
  for (; used != 0; used &= used - 1) {
    int i = __builtin_ctz(used);
    *entries++ = (place + (uint32_t)i) | (uint32_t)a[i] << 16 | (uint32_t)b[i] << 24;
  }
  return count;
#endif
}

/// The columns of 16 rows of 16 bytes, `stride` bytes apart.
static inline void processor_transpose(const uint8_t *const *rows, ptrdiff_t offset, uint8_t *columns, ptrdiff_t stride) {
#if defined(__SSE2__)
  __m128i x[16], y[16];
  for (int i = 0; i < 16; i++) x[i] = _mm_loadu_si128((const __m128i *)(rows[i] + offset));
  // Four times over, rows i and i + 8 are merged byte by byte: a perfect shuffle of the index's bits.
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
