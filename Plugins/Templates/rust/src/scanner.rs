//! Tokens and their places.

use crate::codira::{codira_position, codira_range};

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    End,
    Word,
    String,
    Comment,
    Sign,
}

/// A piece of the source; none reaches over a line's end.
#[derive(Clone, Copy)]
pub struct Token<'a> {
    pub kind: Kind,
    pub range: codira_range,
    pub text: &'a [u8],
    /// Nothing but blanks before it.
    pub first_on_line: bool,
    /// Nothing at all before it.
    pub at_margin: bool,
    /// A string without its end.
    pub broken: bool,
}

/// Reads tokens one after the other, and counts lines as the host does: after LF, CRLF and a lone CR.
pub struct Scanner<'a> {
    source: &'a [u8],
    /// Of the next byte.
    pub place: codira_position,
    has_mark: bool,
    line_is_blank: bool,
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn ends_line(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

impl<'a> Scanner<'a> {
    pub fn new(source: &'a [u8]) -> Self {
        let has_mark = source.starts_with(b"\xEF\xBB\xBF");
        let skipped = if has_mark { 3 } else { 0 };
        Scanner {
            source,
            place: codira_position { offset: skipped, line: 1, column: skipped + 1 },
            has_mark,
            line_is_blank: true,
        }
    }

    /// The next token; the end, again and again, behind the last.
    pub fn next(&mut self) -> Token<'a> {
        self.pass_blanks();
        let start = self.place;
        let mut token = Token {
            kind: Kind::End,
            range: codira_range { start, end: start },
            text: b"",
            first_on_line: self.line_is_blank,
            at_margin: start.column == 1 || (start.offset == 3 && self.has_mark),
            broken: false,
        };
        if let Some(first) = self.byte() {
            self.line_is_blank = false;
            self.pass_token(first, &mut token);
            token.range.end = self.place;
            token.text = &self.source[start.offset as usize..self.place.offset as usize];
        }
        token
    }

    fn byte(&self) -> Option<u8> {
        self.source.get(self.place.offset as usize).copied()
    }

    fn pass(&mut self) {
        self.place.offset += 1;
        self.place.column += 1;
    }

    fn pass_while(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.byte().map_or(false, &belongs) {
            self.pass();
        }
    }

    fn pass_line_end(&mut self) {
        let is_pair = self.source[self.place.offset as usize..].starts_with(b"\r\n");
        self.place.offset += if is_pair { 2 } else { 1 };
        self.place.line += 1;
        self.place.column = 1;
        self.line_is_blank = true;
    }

    fn pass_blanks(&mut self) {
        while let Some(byte) = self.byte() {
            match byte {
                b'\n' | b'\r' => self.pass_line_end(),
                b' ' | b'\t' => self.pass(),
                _ => return,
            }
        }
    }

    fn pass_token(&mut self, first: u8, token: &mut Token) {
        if is_letter(first) {
            token.kind = Kind::Word;
            self.pass_while(|byte| is_letter(byte) || byte.is_ascii_digit());
        } else if first == b'#' {
            token.kind = Kind::Comment;
            self.pass_while(|byte| !ends_line(byte));
        } else if first == b'"' {
            token.kind = Kind::String;
            self.pass();
            self.pass_while(|byte| byte != b'"' && !ends_line(byte));
            token.broken = self.byte() != Some(b'"');
            if !token.broken {
                self.pass();
            }
        } else {
            token.kind = Kind::Sign;
            self.pass();
            // A character of several bytes is one sign, and a number is one too.
            if first >= 0x80 {
                self.pass_while(|byte| byte & 0xC0 == 0x80);
            } else if first.is_ascii_digit() {
                self.pass_while(|byte| byte.is_ascii_digit());
            }
        }
    }
}
