/// First in, first out.
#[derive(Default)]
pub struct Queue<T> {
    items: Vec<T>,
}

pub trait Sized2 {
    fn size(&self) -> usize;
    fn is_empty(&self) -> bool { self.size() == 0 }
}

impl<T> Queue<T> {
    pub fn new() -> Self { Queue { items: Vec::new() } }
    pub fn push(&mut self, item: T) { self.items.push(item); }
    pub fn pop(&mut self) -> Option<T> {
        if self.is_empty() { None } else { Some(self.items.remove(0)) }
    }
}

impl<T> Sized2 for Queue<T> {
    fn size(&self) -> usize { self.items.len() }
}
