//! Imports and calls, and what they may stand for.

use crate::codira::*;
use crate::reader::Reader;
use crate::report::{make_id, Candidate, Descriptor, Reference};

const PATH_LIMIT: usize = 16;
const SCOPE_LIMIT: usize = 8;

impl Reader<'_> {
    pub fn read_use(&mut self) {
        let keyword = self.cursor.token;
        let mut name = match self.cursor.read_name("A module's name must follow `use`.") {
            Some(name) => name,
            None => return,
        };
        let mut names = vec![name.text];
        while self.cursor.is_sign(b'.') {
            match self.cursor.read_name("A name must follow the dot.") {
                Some(next) => name = next,
                None => break,
            }
            names.push(name.text);
        }
        let id = names.iter().fold(b"__NAME__ ".to_vec(), |id, name| make_id(&id, Descriptor::Namespace, name, 0));
        let target = Candidate { root: id.clone(), members: Vec::new() };
        let end = self.cursor.last_end;
        let added = self.cursor.report.add(CODIRA_KIND_IMPORT, Descriptor::Term, name.text);
        let symbol = self.describe(added, keyword, name);
        symbol.signature = [b"use ", &names.join(&b'.')[..]].concat();
        symbol.range.end = end;
        symbol.aliases = vec![target.clone()];
        let owner = self.cursor.report.open;
        self.cursor.report.references.push(Reference {
            role: CODIRA_ROLE_IMPORTS,
            flags: CODIRA_REFERENCE_NO_NAME,
            owner,
            name: name.text.to_vec(),
            range: name.range,
            candidates: vec![target],
            ..Reference::default()
        });
        self.modules.insert(name.text, id);
    }

    /// A name alone is looked for in the function around it, in what that stands in, and so on up to the module.
    fn scopes(&self, name: &[u8]) -> Vec<Candidate> {
        let symbols = &self.cursor.report.symbols;
        let mut candidates = Vec::new();
        let mut scope = Some(self.cursor.report.open);
        while let Some(index) = scope {
            let is_module = index == 0;
            if candidates.len() < SCOPE_LIMIT - 1 || is_module {
                candidates.push(Candidate { root: symbols[index].id.clone(), members: vec![name.to_vec()] });
            }
            scope = symbols[index].outer;
        }
        candidates
    }

    /// Nothing is known of a receiver that `use` did not give.
    fn read_call(&mut self) {
        let names: Vec<&[u8]> = self.path.iter().map(|token| token.text).collect();
        let last = names.len() - 1;
        let candidates = if last == 0 {
            self.scopes(names[0])
        } else {
            let members = names[1..].iter().map(|name| name.to_vec()).collect();
            self.modules
                .get(names[0])
                .map(|root| Candidate { root: root.clone(), members })
                .into_iter()
                .collect()
        };
        let reference = Reference {
            role: CODIRA_ROLE_CALL,
            flags: if candidates.is_empty() { 0 } else { CODIRA_REFERENCE_NO_NAME },
            owner: self.cursor.report.open,
            name: names[last].to_vec(),
            receiver: names[..last].join(&b'.'),
            range: self.path[last].range,
            candidates,
        };
        self.cursor.report.references.push(reference);
    }

    /// One token of a function's body; a name before a parenthesis is a call.
    pub fn read_code(&mut self) {
        if self.cursor.is_sign(b'{') {
            self.cursor.report.innermost().braces += 1;
        }
        if self.cursor.is_name() {
            if !self.is_path_open || self.path.len() == PATH_LIMIT {
                self.path.clear();
            }
            self.path.push(self.cursor.token);
            self.is_path_open = false;
        } else if self.cursor.is_sign(b'.') && !self.path.is_empty() && !self.is_path_open {
            self.is_path_open = true;
        } else {
            if self.cursor.is_sign(b'(') && !self.path.is_empty() && !self.is_path_open {
                self.read_call();
            }
            self.path.clear();
            self.is_path_open = false;
        }
        self.cursor.advance();
    }
}
