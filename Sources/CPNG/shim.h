#include <png.h>
#include <setjmp.h>
#include <string.h>

// libpng's simplified interface gets interlaced pictures of 16 bits wrong, and in some versions writes beyond their rows
// (CVE-2025-65018). So pixels are read by the classic one, whose errors come by longjmp, which only C can catch.

typedef struct cpng_failure {
  char message[64];
} cpng_failure;

typedef struct cpng_source {
  const png_byte *bytes;
  size_t left;
} cpng_source;

static inline void cpng_take(png_structp png, png_bytep target, size_t count) {
  cpng_source *source = (cpng_source *)png_get_io_ptr(png);
  if (count > source->left) png_error(png, "the file ends early");
  memcpy(target, source->bytes, count);
  source->bytes += count;
  source->left -= count;
}

static inline void cpng_fail(png_structp png, png_const_charp message) {
  cpng_failure *failure = (cpng_failure *)png_get_error_ptr(png);
  strncpy(failure->message, message, sizeof failure->message - 1);
  png_longjmp(png, 1);
}

static inline void cpng_ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

/// Reads a PNG file in memory as 8-bit sRGB with straight alpha into `samples`, 4 x `width` x `height` bytes, which is
/// the size that its header gives. Returns 0 with the reason in `failure`, which is empty before, if it can't.
static inline int cpng_read_rgba(
    const void *bytes, size_t count, png_bytep samples, png_uint_32 width, png_uint_32 height, cpng_failure *failure) {
  cpng_source source = {(const png_byte *)bytes, count};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, failure, cpng_fail, cpng_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info || setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
  }
  png_set_read_fn(png, &source, cpng_take);
  png_set_benign_errors(png, 1);
  png_read_info(png, info);
  // Samples are sRGB-coded unless a gAMA chunk says otherwise.
  png_set_alpha_mode(png, PNG_ALPHA_PNG, PNG_DEFAULT_sRGB);
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  if (png_get_image_height(png, info) != height || png_get_rowbytes(png, info) != (size_t)4 * width)
    png_error(png, "its size changes");
  for (; passes > 0; passes--)
    for (png_uint_32 row = 0; row < height; row++) png_read_row(png, samples + (size_t)4 * width * row, NULL);
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}
