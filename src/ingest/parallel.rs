use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;

/// Maps `input` on all cores and hands the results to `sink` in the order of the input.
///
/// At most four values a core are under way at once, so memory does not grow with the input. The first error of `sink`
/// ends the run and is returned; nothing is read after it. A panic of `map` is passed on to the caller.
///
/// ```
/// let mut out = Vec::new();
/// dateline::ingest::ordered(0..100, |n| n * 2, |n| { out.push(n); Ok::<(), ()>(()) }).unwrap();
/// assert!(out.windows(2).all(|w| w[0] < w[1]));
/// ```
pub fn ordered<T, R, E>(
    input: impl IntoIterator<Item = T>,
    map: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
{
    let limit = rayon::current_num_threads() * 4;
    let (done, results) = mpsc::channel();
    let map = &map;
    rayon::in_place_scope_fifo(|scope| {
        let mut input = input.into_iter().fuse();
        let mut early = BTreeMap::new();
        let (mut sent, mut written) = (0usize, 0usize);
        loop {
            while sent - written < limit {
                let Some(value) = input.next() else { break };
                let (done, number) = (done.clone(), sent);
                // The receiver is gone only after an error of the sink: then nobody wants the result.
                let mapped = move || catch_unwind(AssertUnwindSafe(|| map(value)));
                scope.spawn_fifo(move |_| drop(done.send((number, mapped()))));
                sent += 1;
            }
            if written == sent {
                return Ok(());
            }
            // Every value sent into the pool comes back, so this cannot wait for ever.
            let Ok((number, result)) = results.recv() else { return Ok(()) };
            early.insert(number, result.unwrap_or_else(|panic| resume_unwind(panic)));
            while let Some(result) = early.remove(&written) {
                written += 1;
                sink(result)?;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_when_late_values_come_first() {
        let mut out = Vec::new();
        let slow_first = |n: u64| {
            std::thread::sleep(std::time::Duration::from_millis(if n == 0 { 20 } else { 0 }));
            n
        };
        ordered(0..50, slow_first, |n| {
            out.push(n);
            Ok::<(), ()>(())
        })
        .unwrap();
        assert_eq!(out, (0..50).collect::<Vec<_>>());
    }

    #[test]
    #[should_panic(expected = "a defect")]
    fn a_panic_does_not_hang_the_run() {
        let _ = ordered(0..50, |n: u64| if n == 7 { panic!("a defect") } else { n }, |_| Ok::<(), ()>(()));
    }

    #[test]
    fn an_error_ends_the_run() {
        let mut seen = 0;
        let result = ordered(
            0..,
            |n: u64| n,
            |n| {
                seen += 1;
                if n == 3 { Err("stop") } else { Ok(()) }
            },
        );
        assert_eq!((result, seen), (Err("stop"), 4));
    }
}
