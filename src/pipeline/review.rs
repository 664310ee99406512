//! Every article is read for what an editor should know of the names in it. In: the newsroom. Out: a [`Review`].
//! [`review`] is the entry. It reads all sources, whatever the build itself read.

use std::sync::Arc;

use rayon::prelude::*;

use super::{
    Build,
    sources::{self, read_and_parse},
};
use crate::{
    archive::{Newsroom, Registered},
    link::{
        mentions::{MentionFinder, matcher_of},
        review::{Notes, Review, Reviewer},
    },
    load::{self, Sources},
    model::{
        registry::Entity,
        source::{SourceFile, SourceKind},
    },
    parse,
};

/// Reviews the names of all articles but drafts.
pub(super) fn review(build: &Build<'_>, newsroom: &Newsroom) -> Review {
    let registry = &newsroom.registry;
    let n_filed = registry.n_filed(Registered::Entity) as usize;
    let entities: Vec<Entity> = registry.entities.iter().take(n_filed).cloned().collect();
    let matcher = Arc::new(matcher_of(registry));
    let finder = MentionFinder::new(registry, &newsroom.config, matcher);
    let reviewer = Reviewer::new(finder, &entities);
    let paths = sources::paths("content/articles", Some(&newsroom.archive), &Sources::default());
    let paths: Vec<String> = paths.into_iter().collect();
    let of = |path: &String| {
        let kind = load::kind(path).filter(|kind| *kind == SourceKind::Article)?;
        let file = SourceFile { path: path.clone(), kind, len: 0, article: None };
        let (parsed, _) = read_and_parse(build, &file, &newsroom.config, parse::article);
        let (article, scan) = parsed.filter(|(article, _)| !article.summary.draft)?;
        Some(reviewer.article(&article, &scan))
    };
    let together = |mut all: Notes, more: Notes| {
        all.add(more);
        all
    };
    let notes = paths.par_iter().filter_map(of).reduce(Notes::default, together);
    reviewer.finish(notes)
}
