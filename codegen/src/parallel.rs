//! Work on all processors.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The size of the stack of each thread, of which only what is used takes memory. Specs and templates are nested.
const STACK: usize = 64 << 20;

/// Applies a function to each item, and returns the results in the order of the items.
///
/// `is_large` is whether all of it is enough work for several threads. For a small spec, starting them takes
/// longer than the work.
pub(crate) fn map<T: Sync, R: Send>(
    items: &[T],
    is_large: bool,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let processors = match is_large {
        true => thread::available_parallelism().map_or(1, usize::from),
        false => 1,
    };
    let next = AtomicUsize::new(0);
    // Items are taken one by one, because some are much more work than others.
    let take_all = || {
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let taken = numbers.map_while(|number| Some((number, items.get(number)?)));
        taken
            .map(|(number, item)| (number, work(item)))
            .collect::<Vec<_>>()
    };
    let mut results = thread::scope(|scope| {
        let others = 1..processors.min(items.len());
        // A thread that can't be started is not needed.
        let start = |_| {
            let thread = thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, take_all).ok()
        };
        let others: Vec<_> = others.filter_map(start).collect();
        let mut results = take_all();
        for other in others {
            results.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        results
    });
    results.sort_unstable_by_key(|(number, _)| *number);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let numbers: Vec<usize> = (0..1000).collect();
        for is_large in [false, true] {
            assert_eq!(map(&numbers, is_large, |number| *number), numbers);
        }
        assert!(map(&[0_u8; 0], true, |number| *number).is_empty());
    }
}
