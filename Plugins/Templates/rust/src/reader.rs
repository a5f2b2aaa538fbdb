//! What the language is.
//!
//!     use shop.money              names of the module shop/money
//!     type Cart { fn add(item) { price(item) } }
//!     fn price(item) { money.round(item) }
//!
//! A definition may stand in another one. One that begins at the left margin always stands at the top: so a brace
//! that is missing costs one definition, not the rest of the file.

use std::collections::BTreeMap;

use crate::codira::*;
use crate::cursor::Cursor;
use crate::report::{make_id, Descriptor, Report, Symbol};
use crate::scanner::Token;
use crate::send::Sink;

pub struct Reader<'a> {
    pub cursor: Cursor<'a>,
    /// By the name in use: what `use` gives.
    pub modules: BTreeMap<&'a [u8], Vec<u8>>,
    /// `a.b.c` of a call, as far as it has been read.
    pub path: Vec<Token<'a>>,
    /// A dot came last.
    pub is_path_open: bool,
}

/// The module: its names are the components of the path, the last one without the suffix.
fn module(path: &[u8]) -> Symbol {
    let shorter = path.strip_suffix(b"__SUFFIX__").filter(|rest| !rest.is_empty() && !rest.ends_with(b"/"));
    let names: Vec<&[u8]> = shorter.unwrap_or(path).split(|&byte| byte == b'/').collect();
    let start = codira_position { offset: 0, line: 1, column: 1 };
    Symbol {
        kind: CODIRA_KIND_MODULE,
        visibility: CODIRA_VISIBILITY_PUBLIC,
        id: names.iter().fold(b"__NAME__ ".to_vec(), |id, name| make_id(&id, Descriptor::Namespace, name, 0)),
        name: names[names.len() - 1].to_vec(),
        qualified_name: names.join(&b'.'),
        signature: names.join(&b'.'),
        range: codira_range { start, end: start },
        name_range: codira_range { start, end: start },
        ..Symbol::default()
    }
}

impl<'a> Reader<'a> {
    pub fn new(path: &[u8], source: &'a [u8]) -> Self {
        Reader {
            cursor: Cursor::new(source, Report::new(module(path))),
            modules: BTreeMap::new(),
            path: Vec::new(),
            is_path_open: false,
        }
    }

    /// Nothing when the host no longer wants the result.
    pub fn read(mut self, sink: &Sink) -> Option<Report> {
        let mut count = 1;
        while !self.cursor.at_end() {
            if count % 4096 == 0 && sink.should_stop() {
                return None;
            }
            self.read_token();
            count += 1;
        }
        self.cursor.pass_header();
        self.close_all();
        let end = self.cursor.place();
        self.cursor.report.symbols[0].range.end = end;
        Some(self.cursor.report)
    }

    fn read_token(&mut self) {
        self.cursor.pass_header();
        let is_keyword = self.cursor.is_keyword();
        if is_keyword || self.cursor.is_sign(b'}') {
            self.path.clear();
        }
        if is_keyword && self.cursor.token.at_margin {
            self.close_all();
        }
        if self.cursor.is_word(b"fn") {
            self.read_function();
        } else if self.cursor.is_word(b"type") {
            self.read_type();
        } else if self.cursor.is_word(b"use") {
            self.read_use();
        } else if self.cursor.is_sign(b'}') {
            self.read_closing_brace();
        } else if self.cursor.report.innermost().is_callable() {
            self.read_code();
        } else {
            self.read_unexpected();
        }
    }

    /// Ends every definition that still is open, where one begins at the margin or the file ends.
    fn close_all(&mut self) {
        let report = &mut self.cursor.report;
        while report.open != 0 {
            let name = report.innermost().name_range;
            report.problem("This definition has no closing brace.", name);
            report.close(self.cursor.last_end);
        }
    }

    /// Fills in what every definition and every `use` has.
    pub fn describe(&mut self, index: usize, keyword: Token, name: Token) -> &mut Symbol {
        let symbol = &mut self.cursor.report.symbols[index];
        let is_private = symbol.name[0] == b'_' || symbol.kind == CODIRA_KIND_IMPORT;
        symbol.visibility = if is_private { CODIRA_VISIBILITY_PRIVATE } else { CODIRA_VISIBILITY_PUBLIC };
        symbol.range.start = keyword.range.start;
        symbol.name_range = name.range;
        symbol
    }

    /// Opens the body of a definition, or ends the definition where there is none.
    fn open_body(&mut self, index: usize, name: Token) {
        self.cursor.report.open = index;
        if self.cursor.is_sign(b'{') {
            self.cursor.advance();
        } else {
            self.cursor.report.problem("A body in braces must follow.", name.range);
            self.cursor.report.close(self.cursor.last_end);
        }
    }

    /// `(a, b)`
    fn read_parameters(&mut self) -> Vec<&'a [u8]> {
        let mut names = Vec::new();
        let start = self.cursor.token.range;
        let mut is_closed = false;
        if self.cursor.is_sign(b'(') {
            self.cursor.advance();
        }
        while !is_closed && (self.cursor.is_name() || self.cursor.is_sign(b',') || self.cursor.is_sign(b')')) {
            is_closed = self.cursor.is_sign(b')');
            if self.cursor.is_name() {
                names.push(self.cursor.token.text);
            }
            self.cursor.advance();
        }
        if !is_closed {
            self.cursor.report.problem("A closed list of parameters must follow.", start);
        }
        names
    }

    fn read_function(&mut self) {
        let keyword = self.cursor.token;
        let documentation = self.cursor.documentation();
        let name = match self.cursor.read_name("A name must follow `fn`.") {
            Some(name) => name,
            None => return,
        };
        let is_method = self.cursor.report.innermost().kind == CODIRA_KIND_CLASS;
        let kind = if is_method { CODIRA_KIND_METHOD } else { CODIRA_KIND_FUNCTION };
        let added = self.cursor.report.add(kind, Descriptor::Callable, name.text);
        let parameters = self.read_parameters();
        let symbol = self.describe(added, keyword, name);
        symbol.documentation = documentation;
        if name.text.len() > 5 && name.text.starts_with(b"test_") {
            symbol.flags |= CODIRA_SYMBOL_TEST;
        }
        symbol.signature = [b"fn ", name.text, b"(", &parameters.join(&b", "[..]), b")"].concat();
        symbol.parameters = Some(parameters.len());
        self.open_body(added, name);
    }

    fn read_type(&mut self) {
        let keyword = self.cursor.token;
        let documentation = self.cursor.documentation();
        if let Some(name) = self.cursor.read_name("A name must follow `type`.") {
            let added = self.cursor.report.add(CODIRA_KIND_CLASS, Descriptor::Type, name.text);
            let symbol = self.describe(added, keyword, name);
            symbol.documentation = documentation;
            symbol.signature = [b"type ", name.text].concat();
            self.open_body(added, name);
        }
    }

    fn read_closing_brace(&mut self) {
        let token = self.cursor.token.range;
        let report = &mut self.cursor.report;
        if report.open == 0 {
            report.problem("This brace closes nothing.", token);
        } else if report.innermost().braces > 0 {
            report.innermost().braces -= 1;
        } else {
            report.close(token.end);
        }
        self.cursor.advance();
    }

    fn read_unexpected(&mut self) {
        let token = self.cursor.token.range;
        self.cursor.report.problem("Only `fn`, `type` and `use` can stand here.", token);
        while !self.cursor.at_end() && self.cursor.token.range.start.line == token.start.line {
            self.cursor.advance();
        }
    }
}
