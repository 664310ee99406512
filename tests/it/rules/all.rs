//! That no rule is forgotten. In: the table of rules in `tests/README.md`. Out: rules without a row, rows without a check.

use std::{collections::BTreeMap, fs};

/// 76 to 80 are about search, which there is not.
fn expected() -> impl Iterator<Item = u32> {
    (1..=75).chain(81..=88)
}

fn read(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

/// `9–16, 43` → the numbers.
fn numbers(cell: &str) -> Vec<u32> {
    let part = |part: &str| {
        let (from, to) = part.trim().split_once('–').unwrap_or((part.trim(), part.trim()));
        from.parse::<u32>().unwrap()..=to.parse().unwrap()
    };
    cell.split(',').flat_map(part).collect()
}

#[test]
fn every_rule_has_a_check_or_a_reason() {
    let table = read("tests/README.md");
    let architecture = read("ARCHITECTURE.md");
    let reasons = architecture.split_once("Not kept as they are written:").unwrap().1;
    let reasons = reasons.split_once("\n\n").unwrap().0;
    let rows = table.split_once("| rule | kept by |").unwrap().1.split_once("\n\n").unwrap().0;
    let mut n_rows: BTreeMap<u32, usize> = BTreeMap::new();
    for row in rows.lines().filter(|line| line.starts_with("| ")) {
        let [rules, checks] = row.trim_matches(['|', ' ']).split('|').collect::<Vec<_>>()[..]
        else {
            panic!("a row of other than two cells: {row}")
        };
        let numbers = numbers(rules);
        let checks: Vec<&str> = checks.split('`').skip(1).step_by(2).collect();
        assert!(!checks.is_empty(), "nothing in backticks: {row}");
        for check in checks {
            match check.split_once(' ') {
                // A test whose name says which rules it checks.
                Some((path, name)) if path.ends_with(".rs") => {
                    let source = read(&format!("tests/it/{path}"));
                    let start = format!("fn {name}");
                    assert!(source.contains(&start), "tests/it/{path} has no `{start}…`");
                }
                // A fault that the browser's tests report under the number.
                None if check.ends_with(".mjs") => {
                    let source = read(&format!("tests/browser/{check}")).to_lowercase();
                    let says = |n: &u32| {
                        source.contains(&format!("rule {n}"))
                            || source.contains(&format!("fault({n},"))
                    };
                    let silent: Vec<_> = numbers.iter().filter(|n| !says(n)).collect();
                    assert!(silent.is_empty(), "tests/browser/{check} does not name {silent:?}");
                }
                None if check == "ARCHITECTURE.md" => {
                    let given = |n: &u32| {
                        let found = numbers_in(reasons);
                        found.contains(n)
                    };
                    let silent: Vec<_> = numbers.iter().filter(|n| !given(n)).collect();
                    assert!(silent.is_empty(), "ARCHITECTURE.md does not say why not {silent:?}");
                }
                _ => panic!("what is `{check}`?"),
            }
        }
        for number in numbers {
            *n_rows.entry(number).or_default() += 1;
        }
    }
    let missing: Vec<_> = expected().filter(|n| !n_rows.contains_key(n)).collect();
    assert!(missing.is_empty(), "rules without a row in tests/README.md: {missing:?}");
    let unknown: Vec<_> = n_rows.keys().filter(|n| !expected().any(|it| it == **n)).collect();
    assert!(unknown.is_empty(), "rows about no rule: {unknown:?}");
}

/// The rules that the reasons are about: `17, 48, 70 to 72: …`.
fn numbers_in(reasons: &str) -> Vec<u32> {
    let heads = reasons.split(['\n', '.']).filter_map(|part| part.split_once(':'));
    let heads = heads.map(|(head, _)| head.trim_matches(['-', ' ']).replace(" to ", "–"));
    heads
        .filter(|head| head.starts_with(|c: char| c.is_ascii_digit()))
        .flat_map(|head| numbers(&head))
        .collect()
}
