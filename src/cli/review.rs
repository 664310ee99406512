//! What an editor should know of the names in all texts → standard output. In: a [`Review`]. Out: a list for people
//! ([`plain`]), or a part of the JSON report ([`Json`]).

use std::fmt::Write;

use serde::Serialize;

use crate::{
    diag::Place,
    link::{matcher::Why, review::Review},
};

/// ```text
/// skipped «بصور» 3 times: a short word that only a particle makes a name (tyre)
///   content/articles/a.md:12:8
/// suggested «شويجو» 2 times: add it to the aliases of «شويغو» (shoigu)
///   content/articles/a.md:12:8
/// ```
pub(super) fn plain(review: &Review) -> String {
    let mut text = String::new();
    for it in &review.skipped {
        let (times, whose) = (times(it.count), it.entities.join(", "));
        _ = writeln!(text, "skipped «{}» {times}: {} ({whose})", it.spelling, reason(it.why));
        _ = writeln!(text, "  {}", place(&it.at));
    }
    for it in &review.suggested {
        let times = times(it.count);
        let (spelling, name, entity) = (&it.spelling, &it.name, &it.entity);
        _ = writeln!(
            text,
            "suggested «{spelling}» {times}: if it is «{name}», add it to the aliases of {entity}"
        );
        it.places.iter().for_each(|at| _ = writeln!(text, "  {}", place(at)));
    }
    let (n_skipped, n_suggested) = (review.skipped.len(), review.suggested.len());
    _ = writeln!(text, "names: {n_skipped} spellings skipped, {n_suggested} suggested");
    text
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

fn place((file, place): &(String, Place)) -> String {
    format!("{file}:{}:{}", place.line, place.column)
}

fn reason(why: Why) -> &'static str {
    match why {
        Why::Common => {
            "a common word; name the entity in the article's `entities` where it is meant"
        }
        Why::Whole => "a word of its own, in which no particle stands before a name",
        Why::Phrase => {
            "a word of a phrase, or an adjective; it counts in an article whose `entities` name it"
        }
        Why::Short => {
            "a short word that only a particle makes a name; it counts beside the name without one, or in an \
             article whose `entities` name it"
        }
        Why::Ambiguous => {
            "the name of more than one entity; name the one that is meant in the article's `entities`"
        }
        Why::Exact => "`match: exact`; it counts in an article whose `entities` name it",
        Why::Shared => "a family name that two persons of the article share",
    }
}

fn key(why: Why) -> &'static str {
    match why {
        Why::Common => "common",
        Why::Whole => "whole",
        Why::Phrase => "phrase",
        Why::Short => "short",
        Why::Ambiguous => "ambiguous",
        Why::Exact => "exact",
        Why::Shared => "shared",
    }
}

/// `mentions` in the JSON report.
#[derive(Serialize)]
pub(super) struct Json<'a> {
    skipped: Vec<Skipped<'a>>,
    suggested: Vec<Suggested<'a>>,
}

#[derive(Serialize)]
struct Skipped<'a> {
    spelling: &'a str,
    why: &'static str,
    entities: &'a [String],
    count: usize,
    #[serde(flatten)]
    at: At<'a>,
}

#[derive(Serialize)]
struct Suggested<'a> {
    spelling: &'a str,
    entity: &'a str,
    name: &'a str,
    count: usize,
    places: Vec<At<'a>>,
}

#[derive(Serialize)]
struct At<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

impl<'a> From<&'a (String, Place)> for At<'a> {
    fn from((file, place): &'a (String, Place)) -> Self {
        Self { file, line: place.line, column: place.column }
    }
}

impl<'a> From<&'a Review> for Json<'a> {
    fn from(review: &'a Review) -> Self {
        let skipped = review.skipped.iter().map(|it| Skipped {
            spelling: &it.spelling,
            why: key(it.why),
            entities: &it.entities,
            count: it.count,
            at: (&it.at).into(),
        });
        let suggested = review.suggested.iter().map(|it| Suggested {
            spelling: &it.spelling,
            entity: &it.entity,
            name: &it.name,
            count: it.count,
            places: it.places.iter().map(At::from).collect(),
        });
        Self { skipped: skipped.collect(), suggested: suggested.collect() }
    }
}
