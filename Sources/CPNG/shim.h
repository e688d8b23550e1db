#include <png.h>
#include <setjmp.h>
#include <string.h>

// libpng's simplified interface gets interlaced pictures of 16 bits wrong, and in some versions writes beyond their rows
// (CVE-2025-65018). So pixels are read by the classic one, whose errors come by longjmp, which only C can catch.

typedef struct cpng_failure {
  char message[64];
  /// What libpng warned of last; of a wrong header it tells more than the message.
  char warning[64];
} cpng_failure;

typedef struct cpng_source {
  const png_byte *bytes;
  size_t left;
} cpng_source;

/// What a picture is to be read as.
enum cpng_form { cpng_rgba, cpng_grey };

/// How reading ended.
enum cpng_end { cpng_failed, cpng_done, cpng_not_grey };

static inline void cpng_take(png_structp png, png_bytep target, size_t count) {
  cpng_source *source = (cpng_source *)png_get_io_ptr(png);
  if (count > source->left) png_error(png, "the file ends early");
  memcpy(target, source->bytes, count);
  source->bytes += count;
  source->left -= count;
}

static inline void cpng_fail(png_structp png, png_const_charp message) {
  cpng_failure *failure = (cpng_failure *)png_get_error_ptr(png);
  if (strcmp(message, "Invalid IHDR data") == 0 && failure->warning[0]) message = failure->warning;
  strncpy(failure->message, message, sizeof failure->message - 1);
  png_longjmp(png, 1);
}

/// What libpng only warns of is let pass, but for a wrong checksum of the pixels.
static inline void cpng_warn(png_structp png, png_const_charp message) {
  if (strcmp(message, "IDAT: incorrect data check") == 0) cpng_fail(png, message);
  cpng_failure *failure = (cpng_failure *)png_get_error_ptr(png);
  strncpy(failure->warning, message, sizeof failure->warning - 1);
}

/// Reads a PNG file in memory as 8-bit samples: as red, green, blue and straight alpha into 4 x `width` x `height` bytes
/// at `samples`, or as grey into `width` x `height`, unless it has colours or transparent parts. The size is that which
/// its header gives. If it fails, the reason is in `failure`, which is empty before.
///
/// Samples are taken as they are coded: chunks that tell of gamma and colour spaces are left out of account.
static inline enum cpng_end cpng_read(
    const void *bytes, size_t count, enum cpng_form form, png_bytep samples, png_uint_32 width, png_uint_32 height,
    cpng_failure *failure) {
  cpng_source source = {(const png_byte *)bytes, count};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, failure, cpng_fail, cpng_warn);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info || setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return cpng_failed;
  }
  png_set_read_fn(png, &source, cpng_take);
  png_set_benign_errors(png, 1);
  // The size is checked by who gives the memory.
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_read_info(png, info);
  if (form == cpng_grey &&
      (png_get_color_type(png, info) != PNG_COLOR_TYPE_GRAY || png_get_valid(png, info, PNG_INFO_tRNS))) {
    png_destroy_read_struct(&png, &info, NULL);
    return cpng_not_grey;
  }
  png_set_expand(png);
  png_set_scale_16(png);
  if (form == cpng_rgba) {
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
  }
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t row_bytes = (form == cpng_rgba ? 4 : 1) * (size_t)width;
  if (png_get_image_height(png, info) != height || png_get_rowbytes(png, info) != row_bytes)
    png_error(png, "its size changes");
  for (; passes > 0; passes--)
    for (png_uint_32 row = 0; row < height; row++) png_read_row(png, samples + row_bytes * row, NULL);
  png_destroy_read_struct(&png, &info, NULL);
  return cpng_done;
}
