#pragma once
// What the normalizers and splitters of the tokenizers ask about a character; the tables are the reference's answers.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The classes of a character, as bits.
enum {
  CODIRA_LETTER = 1,        ///< general category L
  CODIRA_NUMBER = 2,        ///< general category N
  CODIRA_WHITE = 4,         ///< white space
  CODIRA_WORD_PART = 8,     ///< what \w is
  CODIRA_CONTROL = 16,      ///< cleaning leaves it out
  CODIRA_BLANK = 32,        ///< cleaning makes it a space
  CODIRA_IDEOGRAPH = 64,    ///< CJK ideographs, which stand alone
  CODIRA_NONSPACING = 128,  ///< general category Mn
  CODIRA_MARK = 256,        ///< general category M
  CODIRA_PUNCTUATION = 512,
};

uint32_t codira_text_classes(uint32_t scalar);

/// The canonical combining class.
uint32_t codira_text_order(uint32_t scalar);

/// The lower case of a character: the number of scalars written, 0 if it stays as it is.
size_t codira_text_lower(uint32_t scalar, uint32_t result[4]);

/// The full canonical decomposition: the number of scalars written, 0 if it stays as it is.
size_t codira_text_decompose(uint32_t scalar, uint32_t result[4]);

/// The canonical composition of two scalars, 0 if there is none.
uint32_t codira_text_compose(uint32_t first, uint32_t second);

#ifdef __cplusplus
}
#endif
