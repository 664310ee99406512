//! A memory of bounded size for what is made from records. In: a number and how to make the value. Out: the value, shared.
//! [`Recent::get_or`] is the entry.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Values by number; a value gives way to another whose number falls on its place.
#[derive(Debug)]
pub struct Recent<T> {
    places: Box<[Place<T>]>,
}

type Place<T> = Mutex<Option<(u32, Arc<T>)>>;

impl<T> Recent<T> {
    /// A memory for `size` values.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self { places: (0..size.max(1)).map(|_| Mutex::new(None)).collect() }
    }

    /// The value of a number. Two threads may make it at once: they make the same.
    pub fn get_or(&self, number: u32, make: impl FnOnce() -> T) -> Arc<T> {
        let place = &self.places[number as usize % self.places.len()];
        if let Some((known, value)) = &*lock(place)
            && *known == number
        {
            return Arc::clone(value);
        }
        let value = Arc::new(make());
        *lock(place) = Some((number, Arc::clone(&value)));
        value
    }
}

/// A place is replaced as a whole, so a panic elsewhere cannot have left half a value.
fn lock<T>(place: &Place<T>) -> MutexGuard<'_, Option<(u32, Arc<T>)>> {
    place.lock().unwrap_or_else(PoisonError::into_inner)
}
