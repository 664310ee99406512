//! A memory of bounded size for what is made from records. In: a number and how to make the value. Out: the value, shared.
//! [`Recent::get_or`] is the entry; [`Recent::forget`] gives all values back.

use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

/// Values by number; a value gives way to another whose number falls on its place.
#[derive(Debug)]
pub struct Recent<T> {
    size: usize,
    /// Made with the first value, for a small build keeps few kinds of them.
    places: OnceLock<Box<[Place<T>]>>,
    /// How many values were kept since all was forgotten.
    n_kept: AtomicUsize,
}

type Place<T> = Mutex<Option<(u32, Arc<T>)>>;

impl<T> Recent<T> {
    /// A memory for `size` values.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self { size: size.max(1), places: OnceLock::new(), n_kept: AtomicUsize::new(0) }
    }

    /// Gives back the memory of all values, unless there are few: a small build makes everything at once, and goes on to ask
    /// for them.
    pub fn forget(&self) {
        let few = self.size / 4;
        if self.n_kept.load(Ordering::Relaxed) > few && self.n_kept.swap(0, Ordering::Relaxed) > few
        {
            self.places.get().into_iter().flatten().for_each(|place| *lock(place) = None);
        }
    }

    /// The value of a number. Two threads may make it at once: they make the same.
    pub fn get_or(&self, number: u32, make: impl FnOnce() -> T) -> Arc<T> {
        let empty = || (0..self.size).map(|_| Mutex::new(None)).collect();
        let place = &self.places.get_or_init(empty)[number as usize % self.size];
        if let Some((known, value)) = &*lock(place)
            && *known == number
        {
            return Arc::clone(value);
        }
        let value = Arc::new(make());
        *lock(place) = Some((number, Arc::clone(&value)));
        self.n_kept.fetch_add(1, Ordering::Relaxed);
        value
    }
}

/// A place is replaced as a whole, so a panic elsewhere cannot have left half a value.
fn lock<T>(place: &Place<T>) -> MutexGuard<'_, Option<(u32, Arc<T>)>> {
    place.lock().unwrap_or_else(PoisonError::into_inner)
}
