//! Everything found in one file, its ids and payloads: kept until all is known, then sent in order.

use std::collections::BTreeMap;

use crate::codira::*;

/// What a name may stand for: a root id and the names walked from it.
#[derive(Clone)]
pub struct Candidate {
    pub root: Vec<u8>,
    pub members: Vec<Vec<u8>>,
}

/// A symbol on its way to the host; ids, names and payload are made by the report.
#[derive(Default)]
pub struct Symbol {
    pub kind: u32,
    pub visibility: u32,
    pub flags: u32,
    pub parameters: Option<usize>,
    pub id: Vec<u8>,
    pub name: Vec<u8>,
    pub qualified_name: Vec<u8>,
    pub signature: Vec<u8>,
    pub documentation: Vec<u8>,
    pub range: codira_range,
    pub name_range: codira_range,
    pub aliases: Vec<Candidate>,
    pub payload: Vec<codira_span>,
    /// The reader's: open braces inside of it.
    pub braces: usize,
    /// What it stands in.
    pub outer: Option<usize>,
}

impl Symbol {
    pub fn is_callable(&self) -> bool {
        self.kind == CODIRA_KIND_FUNCTION || self.kind == CODIRA_KIND_METHOD
    }

    /// Whether it can be searched by meaning; imports say too little.
    pub fn has_payload(&self) -> bool {
        self.kind != CODIRA_KIND_IMPORT
    }
}

/// A use of something.
#[derive(Default)]
pub struct Reference {
    pub role: u32,
    pub flags: u32,
    pub owner: usize,
    pub name: Vec<u8>,
    pub receiver: Vec<u8>,
    pub range: codira_range,
    pub candidates: Vec<Candidate>,
}

/// How a name stands in an id: what a descriptor ends with.
#[derive(Clone, Copy, PartialEq)]
pub enum Descriptor {
    Namespace,
    Type,
    Term,
    Callable,
}

fn is_simple(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_+-$".contains(byte))
}

/// An id: `parent` and one more name. An ordinal above 0 marks a redefinition.
pub fn make_id(parent: &[u8], kind: Descriptor, name: &[u8], ordinal: usize) -> Vec<u8> {
    let mark = if ordinal > 0 { format!(";+{}", ordinal) } else { String::new() };
    let marks_name = ordinal > 0 && kind != Descriptor::Callable;
    let mut id = parent.to_vec();
    if marks_name || !is_simple(name) {
        id.push(b'`');
        for &byte in name {
            if byte == b'`' || byte == b';' {
                id.push(byte);
            }
            id.push(byte);
        }
        if marks_name {
            id.extend_from_slice(mark.as_bytes());
        }
        id.push(b'`');
    } else {
        id.extend_from_slice(name);
    }
    match kind {
        Descriptor::Namespace => id.push(b'/'),
        Descriptor::Type => id.push(b'#'),
        Descriptor::Term => id.push(b'.'),
        Descriptor::Callable => id.extend_from_slice(format!("({}).", mark).as_bytes()),
    }
    id
}

const PROBLEM_LIMIT: usize = 100;

/// Symbols are named by their index; the module is 0.
pub struct Report {
    pub symbols: Vec<Symbol>,
    pub references: Vec<Reference>,
    pub problems: Vec<(&'static str, codira_range)>,
    pub comments: Vec<codira_span>,
    /// The comment that is the module's documentation.
    pub header: codira_range,
    /// The innermost symbol that has not ended.
    pub open: usize,
    pub is_partial: bool,
    definitions: BTreeMap<Vec<u8>, usize>,
}

impl Report {
    pub fn new(module: Symbol) -> Self {
        Report {
            symbols: vec![module],
            references: Vec::new(),
            problems: Vec::new(),
            comments: Vec::new(),
            header: codira_range::default(),
            open: 0,
            is_partial: false,
            definitions: BTreeMap::new(),
        }
    }

    pub fn innermost(&mut self) -> &mut Symbol {
        &mut self.symbols[self.open]
    }

    /// Adds a symbol below the innermost open one; a second one of the same name gets an id of its own.
    pub fn add(&mut self, kind: u32, descriptor: Descriptor, name: &[u8]) -> usize {
        let outer = &self.symbols[self.open];
        let mut id = make_id(&outer.id, descriptor, name, 0);
        let earlier = self.definitions.entry(id.clone()).or_insert(0);
        if *earlier > 0 {
            id = make_id(&outer.id, descriptor, name, *earlier);
        }
        *earlier += 1;
        let is_local = outer.is_callable() || outer.flags & CODIRA_SYMBOL_LOCAL != 0;
        let added = Symbol {
            kind,
            flags: if is_local { CODIRA_SYMBOL_LOCAL } else { 0 },
            id,
            name: name.to_vec(),
            qualified_name: [&outer.qualified_name, name].join(&b'.'),
            outer: Some(self.open),
            ..Symbol::default()
        };
        self.symbols.push(added);
        self.symbols.len() - 1
    }

    pub fn close(&mut self, end: codira_position) {
        let innermost = self.innermost();
        innermost.range.end = end;
        self.open = innermost.outer.unwrap_or(0);
    }

    /// Bytes that no payload has.
    pub fn comment(&mut self, range: codira_range) {
        self.comments.push(codira_span { start: range.start.offset, end: range.end.offset });
    }

    pub fn problem(&mut self, message: &'static str, range: codira_range) {
        self.is_partial = true;
        if self.problems.len() < PROBLEM_LIMIT {
            self.problems.push((message, range));
        }
    }
}
