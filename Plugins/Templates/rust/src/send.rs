//! Gives a report to the host, artifact by artifact.

use crate::codira::*;
use crate::payload::find_payloads;
use crate::report::{Candidate, Reference, Report, Symbol};

/// Candidates as the host wants them; they point into those given.
struct Rows {
    rows: Vec<codira_candidate>,
    _members: Vec<Vec<codira_string>>,
}

impl Rows {
    fn new(candidates: &[Candidate]) -> Self {
        let members: Vec<Vec<codira_string>> = candidates
            .iter()
            .map(|candidate| candidate.members.iter().map(|member| borrow(member)).collect())
            .collect();
        let rows = candidates
            .iter()
            .zip(&members)
            .map(|(candidate, members)| codira_candidate {
                root: borrow(&candidate.root),
                members: members.as_ptr(),
                member_count: members.len() as u32,
                flags: 0,
            })
            .collect();
        Rows { rows, _members: members }
    }
}

/// The host's functions, called as they want it.
pub struct Sink<'a>(pub &'a codira_sink);

impl Sink<'_> {
    pub fn should_stop(&self) -> bool {
        unsafe { (self.0.should_stop)(self.0.context) != 0 }
    }

    pub fn message(&self, words: &'static str) {
        unsafe { (self.0.message)(self.0.context, text(words)) }
    }

    pub fn send(&self, report: &mut Report) -> i32 {
        find_payloads(report);
        for symbol in &report.symbols {
            self.symbol(symbol, symbol.outer.map_or(&[][..], |outer| &report.symbols[outer].id));
        }
        for reference in &report.references {
            self.reference(reference, &report.symbols[reference.owner].id);
        }
        self.header(&report.symbols[0], report.header);
        for (message, range) in &report.problems {
            self.problem(message, *range);
        }
        if report.is_partial { CODIRA_RESULT_PARTIAL } else { CODIRA_RESULT_OK }
    }

    fn symbol(&self, symbol: &Symbol, parent: &[u8]) {
        let aliases = Rows::new(&symbol.aliases);
        let row = codira_symbol {
            kind: symbol.kind,
            visibility: symbol.visibility,
            flags: symbol.flags,
            parameters_min: symbol.parameters.map_or(0, |count| count as i32),
            parameters_max: symbol.parameters.map_or(-1, |count| count as i32),
            id: borrow(&symbol.id),
            parent: borrow(parent),
            name: borrow(&symbol.name),
            qualified_name: borrow(&symbol.qualified_name),
            signature: borrow(&symbol.signature),
            documentation: borrow(&symbol.documentation),
            range: symbol.range,
            name_range: symbol.name_range,
            aliases: aliases.rows.as_ptr(),
            alias_count: aliases.rows.len() as u32,
            payload: symbol.payload.as_ptr(),
            payload_count: symbol.payload.len() as u32,
            ..Default::default()
        };
        unsafe { (self.0.symbol)(self.0.context, &row) }
    }

    fn reference(&self, reference: &Reference, owner: &[u8]) {
        let candidates = Rows::new(&reference.candidates);
        let row = codira_reference {
            role: reference.role,
            flags: reference.flags,
            argument_count: -1,
            owner: borrow(owner),
            name: borrow(&reference.name),
            receiver: borrow(&reference.receiver),
            range: reference.range,
            candidates: candidates.rows.as_ptr(),
            candidate_count: candidates.rows.len() as u32,
            ..Default::default()
        };
        unsafe { (self.0.reference)(self.0.context, &row) }
    }

    /// The comment at the top of the file is the module's documentation, and a piece of its own.
    fn header(&self, module: &Symbol, range: codira_range) {
        if module.documentation.is_empty() {
            return;
        }
        let row = codira_documentation {
            id: borrow(&module.id),
            owner: borrow(&module.id),
            format: text("plain"),
            text: borrow(&module.documentation),
            range,
            ..Default::default()
        };
        unsafe { (self.0.documentation)(self.0.context, &row) }
    }

    fn problem(&self, message: &'static str, range: codira_range) {
        let row = codira_diagnostic {
            severity: CODIRA_SEVERITY_WARNING,
            code: text("syntax"),
            message: text(message),
            range,
            ..Default::default()
        };
        unsafe { (self.0.diagnostic)(self.0.context, &row) }
    }
}
