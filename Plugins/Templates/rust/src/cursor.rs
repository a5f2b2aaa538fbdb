//! Where the reader is: the token to be read next, and the comment above it.

use crate::codira::{codira_position, codira_range};
use crate::report::Report;
use crate::scanner::{Kind, Scanner, Token};

pub struct Cursor<'a> {
    pub report: Report,
    pub token: Token<'a>,
    /// Where the token before ended.
    pub last_end: codira_position,
    source: &'a [u8],
    scanner: Scanner<'a>,
    /// Comment lines above the token, with nothing between them.
    comment: Option<codira_range>,
    /// The first comment of the file.
    header: Option<codira_range>,
    is_past_header: bool,
}

impl<'a> Cursor<'a> {
    pub fn new(source: &'a [u8], report: Report) -> Self {
        let mut scanner = Scanner::new(source);
        let token = scanner.next();
        let mut cursor = Cursor {
            report,
            token,
            last_end: codira_position::default(),
            source,
            scanner,
            comment: None,
            header: None,
            is_past_header: false,
        };
        cursor.pass_comments();
        cursor
    }

    /// The end of what has been read.
    pub fn place(&self) -> codira_position {
        self.scanner.place
    }

    pub fn at_end(&self) -> bool {
        self.token.kind == Kind::End
    }

    /// Goes on to the next token that is no comment.
    pub fn advance(&mut self) {
        if !self.at_end() {
            self.last_end = self.token.range.end;
        }
        self.token = self.scanner.next();
        self.pass_comments();
    }

    fn pass_comments(&mut self) {
        while self.token.kind == Kind::Comment {
            self.note_comment(self.token);
            self.token = self.scanner.next();
        }
        if self.token.broken {
            self.report.problem("This string does not end.", self.token.range);
        }
    }

    fn note_comment(&mut self, token: Token) {
        self.report.comment(token.range);
        if !token.first_on_line {
            self.comment = None;
            return;
        }
        let mut block = token.range;
        if let Some(above) = self.comment {
            if above.end.line + 1 == token.range.start.line {
                block.start = above.start;
            }
        }
        self.comment = Some(block);
        let is_first = self.header.map_or(true, |header| header.start.offset == block.start.offset);
        if is_first && !self.is_past_header {
            self.header = Some(block);
        }
    }

    pub fn is_sign(&self, sign: u8) -> bool {
        self.token.kind == Kind::Sign && self.token.text[0] == sign
    }

    pub fn is_word(&self, word: &[u8]) -> bool {
        self.token.kind == Kind::Word && self.token.text == word
    }

    pub fn is_keyword(&self) -> bool {
        self.is_word(b"fn") || self.is_word(b"type") || self.is_word(b"use")
    }

    pub fn is_name(&self) -> bool {
        self.token.kind == Kind::Word && !self.is_keyword()
    }

    /// Goes on to the name behind the token, and passes it; nothing, and a problem there, where there is none.
    pub fn read_name(&mut self, problem: &'static str) -> Option<Token<'a>> {
        let before = self.token.range;
        self.advance();
        if !self.is_name() {
            self.report.problem(problem, before);
            return None;
        }
        let name = self.token;
        self.advance();
        Some(name)
    }

    /// What the comment directly above the token says.
    pub fn documentation(&self) -> Vec<u8> {
        match self.comment {
            Some(block) if block.end.line + 1 == self.token.range.start.line => self.text(block),
            _ => Vec::new(),
        }
    }

    /// Gives the first comment of the file to the module, unless a definition follows it at once.
    pub fn pass_header(&mut self) {
        if std::mem::replace(&mut self.is_past_header, true) {
            return;
        }
        if let Some(header) = self.header {
            let is_above = header.end.line + 1 == self.token.range.start.line;
            if !(is_above && self.is_keyword() && !self.is_word(b"use")) {
                self.report.symbols[0].documentation = self.text(header);
                self.report.header = header;
            }
        }
    }

    /// What the lines of a comment say: without markers and one blank behind each.
    fn text(&self, range: codira_range) -> Vec<u8> {
        let is_blank = |byte: &u8| *byte == b' ' || *byte == b'\t';
        let source = &self.source[range.start.offset as usize..range.end.offset as usize];
        let mut text = Vec::new();
        let mut rest = source;
        loop {
            let end = rest.iter().position(|&byte| byte == b'\n' || byte == b'\r').unwrap_or(rest.len());
            let line = &rest[rest[..end].iter().take_while(|byte| is_blank(byte)).count()..end];
            let line = &line[line.iter().take_while(|&&byte| byte == b'#').count()..];
            let line = line.strip_prefix(b" ").unwrap_or(line);
            text.extend_from_slice(line);
            let trimmed = text.iter().rposition(|byte| !is_blank(byte)).map_or(0, |last| last + 1);
            text.truncate(trimmed);
            if end == rest.len() {
                return text;
            }
            rest = &rest[end + if rest[end..].starts_with(b"\r\n") { 2 } else { 1 }..];
            text.push(b'\n');
        }
    }
}
