//! Articles are read, parsed and filed on all cores. In: their files, each with its number. Out: [`Read`], in the same order.
//! [`run`] is the entry, and [`few`] where only the names are prepared that may stand in them.

use std::{collections::BTreeSet, sync::Arc};

use rayon::prelude::*;

use crate::{
    archive::{Encoded, StoreError},
    diag::Diagnostic,
    link::{Filer, Filing, matcher::Openings, mentions::matcher_among, publish::withheld, words},
    model::{
        article::{Article, BodyScan},
        newsroom::ArticleId,
        source::SourceFile,
    },
    parse,
    pipeline::{
        Build,
        sources::{Site, read_and_parse},
    },
};

/// An article as it was read: what is kept of it, and that encoded unless it is published and names something that nobody
/// knows yet.
pub(super) struct Read {
    pub(super) id: ArticleId,
    pub(super) filing: Option<Filing>,
    pub(super) bytes: Option<Result<Encoded, StoreError>>,
    pub(super) faults: Vec<Diagnostic>,
}

/// Reads a run of articles.
pub(super) fn run(
    build: &Build<'_>,
    site: &Site,
    filer: &Filer<'_>,
    run: &[(SourceFile, ArticleId)],
) -> Vec<Read> {
    let read = |(file, id): &(SourceFile, ArticleId)| {
        filed(build, site, filer, (*id, parsed(build, site, file)))
    };
    run.par_iter().map(read).collect()
}

/// Reads so few articles that most names stand in none of them.
pub(super) fn few(
    build: &Build<'_>,
    site: &Site,
    openings: &Openings,
    files: &[(SourceFile, ArticleId)],
) -> Vec<Read> {
    let all: Vec<(ArticleId, parse::Parsed<(Article, BodyScan)>)> =
        files.par_iter().map(|(file, id)| (*id, parsed(build, site, file))).collect();
    let texts = all.iter().filter_map(|(_, (text, _))| text.as_ref());
    let keys = texts.flat_map(|(article, scan)| words(article, scan, &site.config));
    let met: BTreeSet<u32> = openings.met_by(&keys.collect::<Vec<u64>>()).collect();
    let matcher = Arc::new(matcher_among(&site.registry, |position| met.contains(&position)));
    let filer = Filer::new(&site.registry, &site.config, matcher);
    all.into_par_iter().map(|article| filed(build, site, &filer, article)).collect()
}

fn parsed(build: &Build<'_>, site: &Site, file: &SourceFile) -> parse::Parsed<(Article, BodyScan)> {
    let (parsed, faults) = read_and_parse(build, file, &site.config, parse::article);
    let is_left_out = build.leaves_out && faults.iter().any(Diagnostic::is_error);
    (parsed.filter(|_| !is_left_out), faults)
}

fn filed(
    build: &Build<'_>,
    site: &Site,
    filer: &Filer<'_>,
    (id, (parsed, mut faults)): (ArticleId, parse::Parsed<(Article, BodyScan)>),
) -> Read {
    let mut filing = parsed.map(|(article, scan)| filer.file(article, scan));
    if let Some(filing) = &mut filing {
        faults.append(&mut filing.diagnostics);
    }
    // What is withheld gives nothing its name: it is kept without what nobody knows, and read again when it is due.
    let is_complete = |filing: &&Filing| {
        filing.unknown.is_empty() || withheld(&filing.filed.summary, build.sight()).is_some()
    };
    let complete = filing.as_ref().filter(is_complete);
    let bytes = complete.map(|filing| filing.encode(&site.registry));
    if bytes.is_some() {
        filing.iter_mut().for_each(Filing::settle);
    }
    Read { id, filing, bytes, faults }
}
