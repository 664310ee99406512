//! A site changes its look as docs/theme.md says. In: a site with `static/theme.css`, a font and one part of a page.
//! Out: pages that show them, and are otherwise the theme's.

use crate::site::Site;

const GUIDE: &str = include_str!("../../docs/theme.md");

/// The code blocks of the guide, of a language.
fn examples(language: &str) -> Vec<&'static str> {
    let blocks = GUIDE.split("```").skip(1).step_by(2);
    blocks.filter_map(|it| it.strip_prefix(language)?.strip_prefix('\n')).collect()
}

fn site() -> Site {
    Site::new().article("a.md", "title: One\ndate: 2023-09-12\nauthors: [Ann]", "Text.")
}

#[test]
fn the_worked_example_of_the_guide_builds() {
    let styles = examples("css").concat();
    let site = site()
        .file("static/theme.css", styles.as_bytes())
        .file("static/fonts/house-naskh.woff2", b"wOF2")
        .file("templates/parts/byline.html", examples("html")[0].as_bytes());
    let built = site.build();
    assert_eq!(built.diagnostics(), [""; 0]);
    let page = built.page("/2023/09/12/a.html");
    let order = page.find("href=\"/brief.css\"").zip(page.find("href=\"/theme.css\""));
    assert!(order.is_some_and(|(theirs, ours)| theirs < ours), "{page}");
    assert!(page.contains("<p class=\"byline\"><bdi dir=\"rtl\">Ann</bdi>"), "{page}");
    assert!(page.contains("class=\"prose\""), "the page around the part is the theme's");
    assert_eq!(built.page("/theme.css"), styles);
    assert!(built.exists("/fonts/house-naskh.woff2"));
}

#[test]
fn a_style_sheet_of_its_own_comes_and_goes_on_every_page() {
    let site = site();
    let before = site.tree_when_built();
    let site = site.file("static/theme.css", b":root { --accent: #00594c }");
    assert!(site.build().page("/2023/09/12/a.html").contains("theme.css"));
    let site = site.remove("static/theme.css");
    site.build().published();
    assert_eq!(site.tree(), before);
}

#[test]
fn every_property_of_the_guide_is_one_of_the_theme() {
    let css = include_str!("../../static/brief.css");
    let named = GUIDE.split('`').filter(|it| it.starts_with("--") && !it.contains(' '));
    let named: Vec<_> = named.collect();
    assert!(named.len() > 10);
    for property in named {
        assert!(css.contains(&format!("{property}:")), "{property} is not in static/brief.css");
    }
}
