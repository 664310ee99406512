//! An article as schema.org `NewsArticle`. In: its position and URL. Out: the node, by [`news_article`].
//!
//! Kept lean, for it weighs on every article page: what the article is about comes with spellings and Wikidata,
//! what it merely mentions with `@id`, type and name.

use super::{
    schema::{Correction, ImageObject, NewsArticle, Reference, Thing, Types},
    site,
    things::{self, Detail, is_web_url},
};
use crate::{
    model::{
        article::{Citation, Kind, Moment, Summary, Translation},
        newsroom::{Filed, Ties},
    },
    render::{
        desk::Desk,
        feeds::{language, plain, publisher_name},
        json_ld::text,
        view::HeadImage,
    },
};

/// The most mentions that are named.
const MENTIONS: usize = 20;
/// The most spellings of what an article is about.
const SPELLINGS: usize = 5;

/// The node of the article at `url`.
pub(super) fn news_article<'a>(
    desk: &Desk<'a>,
    filed: &'a Filed,
    url: &'a str,
    images: &'a [HeadImage],
) -> NewsArticle<'a> {
    let newsroom = desk.newsroom;
    let (article, ties) = (&filed.summary, &filed.ties);
    let language = language(newsroom, article);
    let (kind, genre) = schema_kind(article.kind);
    let section = |&topic| text(&newsroom.topic(topic).name);
    let dateline = article.dateline.as_deref();
    NewsArticle {
        kind,
        id: Reference::to(url, "article").id,
        headline: plain::title(&article.title, language),
        description: plain::prose(&article.standfirst, language),
        url,
        main_entity_of_page: Reference::to(url, "page"),
        in_language: language,
        date_published: article.date.rfc3339(),
        date_modified: article.modified().rfc3339(),
        image: images.iter().map(|image| image_object(image, article, language)).collect(),
        author: authors(desk, article),
        publisher: site::publisher_reference(desk),
        article_section: ties.topics.iter().map(section).collect(),
        genre,
        about: about(desk, ties),
        mentions: mentions(desk, filed),
        dateline: dateline.map(text),
        location_created: dateline.map(|place| Thing::named("Place", place)),
        citation: article.sources.iter().map(|source| citation(desk, source)).collect(),
        correction: corrections(article, language),
        translation_of_work: article.translation.from.as_deref().and_then(original),
        translator: article.translation.translator.as_deref().map(person),
        digital_source_type: digital_source_type(&article.translation),
        is_part_of: ties.story.map(|story| things::story(desk, story)),
        word_count: (article.words > 0).then_some(article.words),
        is_accessible_for_free: true,
    }
}

/// The schema.org type, and a name from the IPTC genres where schema.org has no type of its own.
fn schema_kind(kind: Kind) -> (Types, Option<&'static str>) {
    let finer = |name| (Types::Two(["NewsArticle", name]), None);
    let genre = |name| (Types::One("NewsArticle"), Some(name));
    match kind {
        Kind::News => (Types::One("NewsArticle"), None),
        Kind::Analysis => finer("AnalysisNewsArticle"),
        Kind::Opinion => finer("OpinionNewsArticle"),
        Kind::Explainer | Kind::Background => finer("BackgroundNewsArticle"),
        Kind::Feature => (Types::Two(["NewsArticle", "ReportageNewsArticle"]), Some("Feature")),
        Kind::FactCheck => genre("Fact Check"),
        Kind::Interview => genre("Interview"),
        Kind::Live => genre("Update"),
        Kind::PressRelease => genre("Press Release"),
        Kind::Profile => genre("Profile"),
        Kind::PressDigest => genre("Press-Digest"),
        Kind::Obituary => genre("Obituary"),
    }
}

/// Who signed; an article that nobody signed, or that the publisher's own desk did, is the publisher's.
fn authors<'a>(desk: &Desk<'a>, article: &'a Summary) -> Vec<Thing<'a>> {
    if article.authors.is_empty() {
        return vec![desk_of_publisher(desk, publisher_name(desk.newsroom))];
    }
    article.authors.iter().map(|name| author(desk, name)).collect()
}

fn author<'a>(desk: &Desk<'a>, name: &'a str) -> Thing<'a> {
    let newsroom = desk.newsroom;
    if names_publisher(name, publisher_name(newsroom))
        || names_publisher(name, &newsroom.config.title)
    {
        return desk_of_publisher(desk, name);
    }
    person(name)
}

/// Whether a byline holds the publisher's name as whole words: `Brief newsroom`.
fn names_publisher(byline: &str, publisher: &str) -> bool {
    let byline: Vec<&str> = byline.split_whitespace().collect();
    let publisher: Vec<&str> = publisher.split_whitespace().collect();
    !publisher.is_empty() && byline.windows(publisher.len()).any(|words| words == publisher)
}

fn desk_of_publisher<'a>(desk: &Desk<'a>, name: &'a str) -> Thing<'a> {
    let mut organization = Thing::named("NewsMediaOrganization", name);
    if name == publisher_name(desk.newsroom) {
        organization.id = Some(site::publisher_reference(desk).id);
    }
    organization.url = Some(desk.newsroom.config.base_url.clone());
    organization
}

fn person(name: &str) -> Thing<'_> {
    Thing::named("Person", name)
}

fn about<'a>(desk: &Desk<'a>, ties: &Ties) -> Vec<Thing<'a>> {
    let detail = Detail::Spellings(SPELLINGS);
    ties.about.iter().map(|&idx| things::entity(desk, idx, detail)).collect()
}

fn mentions<'a>(desk: &Desk<'a>, filed: &Filed) -> Vec<Thing<'a>> {
    let rest = filed.entities().skip(filed.ties.about.len()).take(MENTIONS);
    rest.map(|idx| things::entity(desk, idx, Detail::Name)).collect()
}

/// What stands under the image tells more than what stands in for it.
fn image_object<'a>(image: &'a HeadImage, article: &'a Summary, language: &str) -> ImageObject<'a> {
    let written = article.image.as_ref();
    let caption = written.and_then(|image| image.caption.as_deref()).unwrap_or(&image.alt);
    ImageObject {
        url: image.url.clone(),
        width: image.width,
        height: image.height,
        caption: Some(plain::prose(caption, language)).filter(|caption| !caption.is_empty()),
        credit_text: written.and_then(|image| image.credit.as_deref()).map(text),
    }
}

fn citation<'a>(desk: &Desk<'a>, source: &'a Citation) -> Thing<'a> {
    let mut work = Thing::named("CreativeWork", &source.name);
    let url = source.url.as_deref().map(|url| desk.configured_absolute(url));
    work.url = url.filter(|url| is_web_url(url));
    work
}

fn corrections<'a>(article: &'a Summary, language: &str) -> Vec<Correction<'a>> {
    let written = article.corrections.iter();
    written
        .map(|it| Correction {
            text: plain::prose(&it.text, language),
            date_published: day_or_time(it.date),
        })
        .collect()
}

/// The original of a translation: a URL, a language or the name of an outlet, whichever the editor gave.
fn original<'a>(from: &'a str) -> Option<Thing<'a>> {
    let from = from.trim();
    let mut work = Thing { kind: "CreativeWork", ..Thing::default() };
    if from.is_empty() {
        return None;
    } else if is_web_url(from) {
        work.url = Some(from.to_owned());
    } else if is_language_tag(from) {
        work.in_language = Some(from);
    } else {
        work.name = text(from);
    }
    Some(work)
}

/// Whether a text has the form of a BCP 47 tag in lower case: `en`, `en-GB`. Names of agencies do not.
fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// What tells machines that a machine translated.
fn digital_source_type(translation: &Translation) -> Option<&'static str> {
    translation
        .machine
        .then_some("https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource")
}

fn day_or_time(moment: Moment) -> String {
    if moment.has_time { moment.rfc3339() } else { moment.day().to_string() }
}
