//! Sources as they were when last taken in. In: the bytes of files. Out: the same bytes, as far as they were not pushed out by
//! others. [`Kept`] is the entry.
//!
//! A page that is made while its source is half-written, or at fault, is made of the source as it was.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Bytes that are kept of all sources together: some ten thousand articles.
const MOST: usize = 48 << 20;

/// A memory of bounded size for sources; every thread may use it.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    files: HashMap<String, (Arc<[u8]>, u64)>,
    /// Paths in the order in which they came, each with the number of its coming.
    order: VecDeque<(String, u64)>,
    bytes: usize,
    n_come: u64,
}

impl Kept {
    /// The bytes of a file as it was when last taken in.
    pub(super) fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        self.lock().files.get(path).map(|(bytes, _)| Arc::clone(bytes))
    }

    /// Keeps the bytes of a file; of what came first the first goes.
    pub(super) fn keep(&self, path: &str, bytes: Vec<u8>) {
        let mut shelf = self.lock();
        let shelf = &mut *shelf;
        shelf.n_come += 1;
        let number = shelf.n_come;
        shelf.bytes += bytes.len();
        let old = shelf.files.insert(path.to_owned(), (bytes.into(), number));
        shelf.bytes -= old.map_or(0, |(bytes, _)| bytes.len());
        shelf.order.push_back((path.to_owned(), number));
        let is_last = |files: &HashMap<String, (Arc<[u8]>, u64)>, path: &str, number: u64| {
            files.get(path).is_some_and(|(_, last)| *last == number)
        };
        if shelf.order.len() > 2 * shelf.files.len() + 64 {
            shelf.order.retain(|(path, number)| is_last(&shelf.files, path, *number));
        }
        while shelf.bytes > MOST {
            let Some((path, number)) = shelf.order.pop_front() else { break };
            if is_last(&shelf.files, &path, number) {
                let gone = shelf.files.remove(&path);
                shelf.bytes -= gone.map_or(0, |(bytes, _)| bytes.len());
            }
        }
    }

    /// Keeps the bytes of a file of which nothing is kept yet, while there is room; whether there is.
    pub(super) fn keep_if_there_is_room(&self, path: &str, bytes: Vec<u8>) -> bool {
        let (has_room, is_known) = {
            let shelf = self.lock();
            (shelf.bytes + bytes.len() < MOST, shelf.files.contains_key(path))
        };
        if has_room && !is_known {
            self.keep(path, bytes);
        }
        has_room
    }

    /// A thread that panicked while it held the lock left a shelf whose counts are at most too high.
    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_bounded_and_the_newest_stays() {
        let kept = Kept::default();
        for n in 0..20 {
            kept.keep(&format!("{n}"), vec![0; MOST / 8]);
        }
        assert!(kept.get("0").is_none());
        assert!(kept.get("19").is_some());
        for _ in 0..10_000 {
            kept.keep("a", vec![1]);
        }
        assert!(kept.lock().order.len() < 200);
        assert!(!kept.keep_if_there_is_room("b", vec![0; MOST]));
        assert_eq!(kept.get("a").as_deref(), Some([1].as_slice()));
        assert!(kept.get("19").is_some(), "what comes often pushes nothing out");
    }
}
