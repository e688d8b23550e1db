// What Swift has no words for: instructions that tell what a processor can do, and that gather the signs of bytes.
#pragma once

#include <stdint.h>
#include <string.h>

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

/// Bit i of the result is whether byte i of the 64 at `a` or of the 64 at `b` is not zero.
static inline uint64_t processor_nonzero_bytes(const uint8_t *a, const uint8_t *b) {
  uint64_t zeros = 0;
#if defined(__AVX2__)
  for (int i = 0; i < 64; i += 32) {
    __m256i both = _mm256_or_si256(_mm256_loadu_si256((const __m256i *)(a + i)), _mm256_loadu_si256((const __m256i *)(b + i)));
    zeros |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(both, _mm256_setzero_si256())) << i;
  }
#elif defined(__SSE2__)
  for (int i = 0; i < 64; i += 16) {
    __m128i both = _mm_or_si128(_mm_loadu_si128((const __m128i *)(a + i)), _mm_loadu_si128((const __m128i *)(b + i)));
    zeros |= (uint64_t)_mm_movemask_epi8(_mm_cmpeq_epi8(both, _mm_setzero_si128())) << i;
  }
#else
  for (int i = 0; i < 64; i += 8) {
    uint64_t x, y;
    memcpy(&x, a + i, 8);
    memcpy(&y, b + i, 8);
    const uint64_t low = 0x7f7f7f7f7f7f7f7fu;
    uint64_t flags = ~((((x | y) & low) + low) | x | y | low);
    // The product brings the flags, one a byte, side by side into the highest byte, without a carry between them.
    zeros |= ((flags >> 7) * 0x0102040810204080u >> 56) << i;
  }
#endif
  return ~zeros;
}
