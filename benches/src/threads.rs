//! Work on all cores. In: a number of jobs and what to do for each. Out: the first error, if any. [`for_each`] is the
//! entry.

use std::{
    io,
    num::NonZero,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// How many threads [`for_each`] uses: one for each core.
#[must_use]
pub fn count() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Calls `run` for the jobs `0..n_jobs`, in about this order; each thread has a buffer of its own.
///
/// # Errors
/// The first that a job gives; the thread that met it takes no further jobs.
pub fn for_each<B: Default>(
    n_jobs: usize,
    run: impl Fn(usize, &mut B) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut buffer = B::default();
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            if job >= n_jobs {
                return Ok(());
            }
            run(job, &mut buffer)?;
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..count()).map(|_| scope.spawn(work)).collect();
        let ends = threads.into_iter().map(|thread| {
            thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread did not finish")))
        });
        ends.collect::<Vec<_>>().into_iter().collect()
    })
}
