//! What is shown now. In: the scene that the last change made. Out: that scene, for who asks, and the bytes of its outputs,
//! each made once. [`Shown::page`] is the entry.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use hyper::body::Bytes;

use crate::{
    diag::Diagnostic,
    link::Reason,
    model::{Digest, output::Page, page_id::PageId, route::Route},
    pipeline::live::Scene,
};

/// Bytes of outputs that are kept.
const MOST_BYTES: usize = 32 << 20;
/// The largest that is kept.
const LARGEST: usize = 4 << 20;
/// How long a page whose source is just being written waits for the change to be taken in.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many changes it waits for, when its source is written again and again.
const MOST_WAITS: u32 = 10;

/// What is shown, and the outputs of it that were made last.
pub(super) struct Shown {
    now: Mutex<(Arc<Scene>, u64)>,
    changed: Condvar,
    made: Mutex<Made>,
    /// Whether changes are taken in.
    is_watched: bool,
}

/// The outputs that were made last, by file. An equal fingerprint means equal bytes, in whatever scene.
#[derive(Default)]
struct Made {
    by_file: HashMap<String, Kept>,
    order: VecDeque<String>,
    bytes: usize,
}

#[derive(Clone)]
struct Kept {
    id: PageId,
    fingerprint: Digest,
    bytes: Bytes,
}

/// An output of the scene that is shown.
#[derive(Debug, Clone)]
pub(super) struct Shot {
    /// Its bytes, as a build would write them.
    pub(super) bytes: Bytes,
    /// Why it is shown though it is not public.
    pub(super) preview: Option<Reason>,
    /// Which of all scenes it is of.
    pub(super) number: u64,
    /// What kept it from being made anew: the bytes are those of its last good form.
    pub(super) fault: Option<Diagnostic>,
}

/// What is at an address.
#[derive(Debug)]
pub(super) enum Found {
    /// An output.
    Shot(Shot),
    /// Something has moved from there.
    Moved(Route),
    /// An output that cannot be made, and was never shown.
    Fault(Diagnostic, u64),
    /// Nothing.
    Nothing,
}

impl Shown {
    pub(super) fn new(scene: Arc<Scene>, is_watched: bool) -> Self {
        Self {
            now: Mutex::new((scene, 1)),
            changed: Condvar::new(),
            made: Mutex::default(),
            is_watched,
        }
    }

    /// Whether changes are taken in.
    pub(super) fn is_watched(&self) -> bool {
        self.is_watched
    }

    /// What is shown, and its number.
    pub(super) fn now(&self) -> (Arc<Scene>, u64) {
        let now = lock(&self.now);
        (Arc::clone(&now.0), now.1)
    }

    /// Shows another scene from now on. A number of its own has only what looks different.
    pub(super) fn show(&self, scene: Arc<Scene>, is_different: bool) -> u64 {
        let mut now = lock(&self.now);
        now.0 = scene;
        now.1 += u64::from(is_different);
        self.changed.notify_all();
        now.1
    }

    /// What is in a file of the site.
    pub(super) fn page(&self, file: &str) -> Found {
        let (mut scene, mut number) = self.now();
        let mut n_waits = if self.is_watched { MOST_WAITS } else { 0 };
        loop {
            let last = lock(&self.made).by_file.get(file).cloned();
            let Some(output) = scene.find(file, last.as_ref().map(|it| &it.id)) else {
                return Found::Nothing;
            };
            if let Page::Redirect(to) = &output.page {
                return Found::Moved(to.clone());
            }
            let preview = scene.preview_of(&output);
            let shot = |bytes, fault| Found::Shot(Shot { bytes, preview, number, fault });
            let fresh = last.as_ref().filter(|it| it.fingerprint == output.fingerprint);
            if let Some(fresh) = fresh {
                return shot(fresh.bytes.clone(), None);
            }
            let rendered = scene.render(&output);
            let is_torn = rendered.as_ref().is_ok_and(|it| it.is_torn);
            let is_going = is_torn || (rendered.is_err() && output.id.template().is_none());
            if is_going && n_waits > 0 {
                // Its source is just being written: the scene that knows it is on its way.
                let (next, next_number) = self.after(&scene);
                n_waits = if Arc::ptr_eq(&next, &scene) { 0 } else { n_waits - 1 };
                (scene, number) = (next, next_number);
                continue;
            }
            return match (rendered, last) {
                (Ok(_), Some(last)) if is_torn => shot(last.bytes, None),
                (Ok(rendered), _) => {
                    let bytes = Bytes::from(rendered.bytes);
                    if !is_torn {
                        let kept = Kept {
                            id: output.id.clone(),
                            fingerprint: output.fingerprint,
                            bytes: bytes.clone(),
                        };
                        lock(&self.made).keep(file, kept);
                    }
                    shot(bytes, None)
                }
                (Err(fault), Some(last)) => shot(last.bytes, Some(fault)),
                (Err(fault), None) => Found::Fault(fault, number),
            };
        }
    }

    /// The scene after one, or the same when none comes.
    fn after(&self, scene: &Arc<Scene>) -> (Arc<Scene>, u64) {
        let now = lock(&self.now);
        let waited =
            self.changed.wait_timeout_while(now, PATIENCE, |now| Arc::ptr_eq(&now.0, scene));
        let (now, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (Arc::clone(&now.0), now.1)
    }
}

impl Made {
    /// Keeps an output; what was made first goes first.
    fn keep(&mut self, file: &str, kept: Kept) {
        if kept.bytes.len() > LARGEST {
            return;
        }
        self.bytes += kept.bytes.len();
        match self.by_file.insert(file.to_owned(), kept) {
            Some(old) => self.bytes -= old.bytes.len(),
            None => self.order.push_back(file.to_owned()),
        }
        while self.bytes > MOST_BYTES {
            let Some(first) = self.order.pop_front() else { break };
            self.bytes -= self.by_file.remove(&first).map_or(0, |it| it.bytes.len());
        }
    }
}

/// What is locked here is replaced as a whole, so a panic elsewhere cannot have left half of it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
