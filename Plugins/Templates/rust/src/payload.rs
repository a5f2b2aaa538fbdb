//! A payload is the symbol's own text: without the symbols inside of it, and without comments.

use crate::codira::codira_span;
use crate::report::{Report, Symbol};

/// The symbols around a place, innermost last, and where the next bytes of each payload begin.
struct Sweep<'a> {
    symbols: &'a mut [Symbol],
    open: Vec<(usize, u32)>,
}

impl Sweep<'_> {
    fn add(&mut self, index: usize, start: u32, end: u32) {
        if start < end {
            self.symbols[index].payload.push(codira_span { start, end });
        }
    }

    fn close_up_to(&mut self, offset: u64) {
        while let Some(&(index, cursor)) = self.open.last() {
            let end = self.symbols[index].range.end.offset;
            if u64::from(end) > offset {
                return;
            }
            self.add(index, cursor, end);
            self.open.pop();
        }
    }

    /// Leaves bytes out of the innermost payload.
    fn cut(&mut self, start: u32, end: u32) {
        if let Some((index, cursor)) = self.open.pop() {
            self.add(index, cursor, start);
            self.open.push((index, cursor.max(end)));
        }
    }
}

pub fn find_payloads(report: &mut Report) {
    let mut comments = report.comments.iter().peekable();
    let mut sweep = Sweep { symbols: &mut report.symbols, open: Vec::new() };
    for index in 0..=sweep.symbols.len() {
        let range = sweep.symbols.get(index).map(|symbol| symbol.range);
        let offset = range.map_or(u64::MAX, |range| u64::from(range.start.offset));
        while let Some(&&comment) = comments.peek().filter(|comment| u64::from(comment.start) < offset) {
            sweep.close_up_to(u64::from(comment.start));
            sweep.cut(comment.start, comment.end);
            comments.next();
        }
        sweep.close_up_to(offset);
        if let Some(range) = range.filter(|_| sweep.symbols[index].has_payload()) {
            sweep.cut(range.start.offset, range.end.offset);
            sweep.open.push((index, range.start.offset));
        }
    }
}
