//! The entities of a registry, each read when it is asked for: a small build asks for few of the thousands that there may
//! be. In: their records, or entities one by one. Out: entities by position. [`Entities::get`] is the entry.

use std::{
    ops::{Index, Range},
    sync::{Arc, OnceLock},
};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, Visitor},
    ser::Error as _,
};

use crate::model::registry::Entity;

/// Entities in order.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    places: Vec<Place>,
    /// The records of those that came from the store, one after the other.
    records: Arc<[u8]>,
}

#[derive(Debug, Clone, Default)]
struct Place {
    /// Where its record stands; empty where there is none.
    record: Range<u32>,
    entity: OnceLock<Box<Entity>>,
}

impl Entities {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The entity at a position.
    #[must_use]
    pub fn get(&self, position: usize) -> Option<&Entity> {
        self.places.get(position).map(|place| self.at(place))
    }

    fn at<'a>(&'a self, place: &'a Place) -> &'a Entity {
        // The sum of the whole was right, so each record is what was written.
        let read = || postcard::from_bytes(self.record(place)).unwrap_or_default();
        place.entity.get_or_init(|| Box::new(read()))
    }

    /// All of them, in order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter { entities: self, positions: 0..self.len() }
    }

    /// Appends one.
    pub fn push(&mut self, entity: Entity) {
        self.places.push(Place { record: 0..0, entity: OnceLock::from(Box::new(entity)) });
    }

    /// The position of the one whose id this is, if they stand in the order of ids; else where it would stand.
    ///
    /// # Errors
    /// When there is none of that id.
    pub fn position(&self, id: &str) -> Result<usize, usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from.midpoint(to);
            match self[middle].id.as_str().cmp(id) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Equal => return Ok(middle),
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        Err(from)
    }

    fn record(&self, place: &Place) -> &[u8] {
        let Range { start, end } = place.record;
        self.records.get(start as usize..end as usize).unwrap_or_default()
    }
}

impl Index<usize> for Entities {
    type Output = Entity;

    fn index(&self, position: usize) -> &Entity {
        self.at(&self.places[position])
    }
}

impl FromIterator<Entity> for Entities {
    fn from_iter<I: IntoIterator<Item = Entity>>(entities: I) -> Self {
        let mut all = Self::default();
        entities.into_iter().for_each(|entity| all.push(entity));
        all
    }
}

impl<'a> IntoIterator for &'a Entities {
    type Item = &'a Entity;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Entities one after the other.
#[derive(Debug, Clone)]
pub struct Iter<'a> {
    entities: &'a Entities,
    positions: Range<usize>,
}

impl<'a> Iterator for Iter<'a> {
    type Item = &'a Entity;

    fn next(&mut self) -> Option<&'a Entity> {
        self.positions.next().and_then(|position| self.entities.get(position))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.positions.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}

/// Where each record ends, and all of them.
#[derive(Serialize, Deserialize)]
struct Kept {
    ends: Vec<u32>,
    records: Records,
}

struct Records(Arc<[u8]>);

impl Serialize for Entities {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut ends = Vec::with_capacity(self.len());
        let mut records = Vec::with_capacity(self.records.len());
        for place in &self.places {
            match place.entity.get().filter(|_| place.record.is_empty()) {
                Some(entity) => {
                    records = postcard::to_extend(entity, records).map_err(S::Error::custom)?;
                }
                None => records.extend_from_slice(self.record(place)),
            }
            ends.push(u32::try_from(records.len()).map_err(S::Error::custom)?);
        }
        Kept { ends, records: Records(records.into()) }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Entities {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Kept { ends, records: Records(records) } = Kept::deserialize(deserializer)?;
        let starts = [0].into_iter().chain(ends.iter().copied());
        let place = |(start, end)| Place { record: start..end, entity: OnceLock::new() };
        let places = starts.zip(ends.iter().copied()).map(place).collect();
        if ends.last().is_some_and(|last| *last as usize != records.len()) {
            return Err(D::Error::custom("records of another length"));
        }
        Ok(Self { places, records })
    }
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Records {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Records;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Records, E> {
                Ok(Records(bytes.into()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}
