//! Adds places to values that `serde_yaml` has read without them: [`add`].
//!
//! The same text is read once more with `serde-saphyr`, which knows where each value stands. Only places are taken
//! from it, so that what a file means never depends on whether something in it is reported.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::{
    Location, Options, Spanned,
    options::{DuplicateKeyPolicy, MergeKeyPolicy},
};

use crate::diag::Place;

use super::node::{Entry, Node, Value};

/// Sets the places of all values and keys of `entries`, a map that was read from `text`, which begins on line
/// `first_line` of its file. What cannot be placed keeps its place.
pub(super) fn add(entries: &mut [Entry], text: &str, first_line: u32) {
    let mut options = Options::default();
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.merge_keys = MergeKeyPolicy::AsOrdinary;
    options.with_snippet = false;
    if let Ok(Spanned { value: Shape::Map(shapes), .. }) =
        serde_saphyr::from_str_with_options::<Spanned<Shape>>(text, options)
    {
        place_entries(entries, &shapes, first_line);
    }
}

fn place_entries(
    entries: &mut [Entry],
    shapes: &[(Spanned<Key>, Spanned<Shape>)],
    first_line: u32,
) {
    for (entry, (key, shape)) in entries.iter_mut().zip(shapes) {
        entry.place = place(key.referenced, first_line);
        place_node(&mut entry.node, shape, first_line);
    }
}

fn place_node(node: &mut Node, shape: &Spanned<Shape>, first_line: u32) {
    node.place = place(shape.referenced, first_line);
    match (&mut node.value, &shape.value) {
        (Value::List(nodes), Shape::List(shapes)) => {
            for (node, shape) in nodes.iter_mut().zip(shapes) {
                place_node(node, shape, first_line);
            }
        }
        (Value::Map(entries), Shape::Map(shapes)) => place_entries(entries, shapes, first_line),
        _ => {}
    }
}

fn place(location: Location, first_line: u32) -> Place {
    let number = |it: u64| u32::try_from(it).unwrap_or(u32::MAX / 2);
    match location.line() {
        0 => Place::FILE,
        line => Place::at(number(line).saturating_add(first_line) - 1, number(location.column())),
    }
}

/// A value of which only the shape matters.
enum Shape {
    Scalar,
    List(Vec<Spanned<Shape>>),
    Map(Vec<(Spanned<Key>, Spanned<Shape>)>),
}

struct Key;

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_none<E>(self) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Shape, A::Error> {
        let mut shapes = Vec::new();
        while let Some(shape) = items.next_element()? {
            shapes.push(shape);
        }
        Ok(Shape::List(shapes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Shape, A::Error> {
        let mut shapes = Vec::new();
        while let Some(pair) = pairs.next_entry()? {
            shapes.push(pair);
        }
        Ok(Shape::Map(shapes))
    }
}
