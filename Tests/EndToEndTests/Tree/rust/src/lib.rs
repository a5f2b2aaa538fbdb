//! Queues.
pub mod queue;

pub use queue::Queue;

/// Drains a queue and adds up what was in it.
pub fn drain(queue: &mut Queue<u32>) -> u32 {
    let mut sum = 0;
    while let Some(value) = queue.pop() {
        sum += value;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drains() {
        let mut queue = Queue::new();
        queue.push(1);
        assert_eq!(drain(&mut queue), 1);
    }
}
