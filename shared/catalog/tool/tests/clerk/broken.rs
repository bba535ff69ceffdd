//! Small folders, each with one thing wrong, and the line of it.

use catalog_tool::{Check, Finding};

use crate::{
    folder::Folder,
    slips::{FEES, LAND, LAND_FEES, MILITARY, NETWORK, PETITION, SAMPLE, SCHEMA, SLIPS, TEMPLATE},
};

type Change = fn(&Folder);

fn said(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|it| {
        format!(
            "{}:{}: [{}] {}",
            it.file.display(),
            it.line,
            it.rule,
            it.words.en
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_small_catalogue_has_nothing_wrong_but_what_is_broken() {
    let found = Folder::new().findings(&Check::Words);

    assert!(found.is_empty(), "{}", said(&found));
}

#[test]
fn each_slip_is_named_with_its_file_and_line() {
    for (file, standing, other, rule, marked) in SLIPS {
        let folder = Folder::new();
        folder.replace(file, standing, other);

        let found = folder.findings(&Check::Words);

        let slip = format!("{file}: {other:?} for {standing:?}\n{}", said(&found));
        let named = found.iter().find(|it| it.rule == rule);
        let named = named.unwrap_or_else(|| panic!("not found: {slip}"));
        if !marked.is_empty() {
            assert!(named.file.ends_with(file), "{slip}");
            assert_eq!(named.line, folder.line(file, marked), "{slip}");
        }
        assert!(!named.words.ko.is_empty() && !named.words.en.is_empty());
    }
}

#[test]
fn a_file_that_is_missing_or_read_by_nobody_is_named() {
    let rule = |change: fn(&Folder)| {
        let folder = Folder::new();
        change(&folder);
        let found = folder.findings(&Check::Words);
        found
            .into_iter()
            .map(|it| (it.rule, it.file.display().to_string()))
            .collect::<Vec<_>>()
    };

    let table: [(Change, &str, &str); 7] = [
        (|it| it.remove(SAMPLE), "missing-file", SAMPLE),
        (|it| it.remove("topics.toml"), "missing-file", "topics.toml"),
        (
            |it| it.write("services/petition/certificate.typ", "x"),
            "unread-file",
            "services/petition/certificate.typ",
        ),
        (
            |it| it.write("services/land-ledger/sample.jsn", "{}"),
            "unread-file",
            "services/land-ledger/sample.jsn",
        ),
        (
            |it| it.write("fees/land-ledger.tml", ""),
            "unread-file",
            "fees/land-ledger.tml",
        ),
        (
            |it| it.write("codes/boroughs.toml", "code = []"),
            "unused",
            "codes/boroughs.toml",
        ),
        (
            |it| it.write("services/land-ledger/service.toml", [0xff, 0xfe]),
            "not-a-text",
            LAND,
        ),
    ];
    for (change, expected, file) in table {
        let found = rule(change);
        assert!(
            found.contains(&(expected, file.to_owned())),
            "{expected}: {found:?}"
        );
    }
}

#[test]
fn everything_is_found_at_once_and_nothing_twice() {
    let folder = Folder::new();
    for (file, standing, other) in [
        (LAND, "rank = 3", "rnak = 3"),
        (LAND, "topic = \"land\"", "topic = 7"),
        (LAND, "copies_max = 5\n", ""),
        (LAND, "codes = \"districts\"", "codes = \"distrits\""),
        (LAND, "hours = 72", "hours = 169"),
        (MILITARY, ", en = \"Hide\"", ""),
        (
            MILITARY,
            "pointer = \"/person/name\"",
            "pointer = \"/person/nam\"",
        ),
        (FEES, "amount_won", "amount"),
    ] {
        folder.replace(file, standing, other);
    }

    let found = folder.findings(&Check::Words);

    let rules: Vec<_> = found.iter().map(|it| it.rule).collect();
    let expected = [
        "missing-key",
        "unknown-key",
        "unused",
        "missing-key",
        "unknown-key",
        "kind",
        "offline",
        "unknown-codes",
        "missing-text",
        "pointer",
    ];
    let mut sorted = (rules.clone(), expected.to_vec());
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    assert_eq!(sorted.0, sorted.1, "{}", said(&found));
}

#[test]
fn fees_leave_no_day_out_and_cover_none_twice() {
    let rows = |rows: &str| {
        let folder = Folder::new();
        let basis = "legal_basis = { ko = \"조례\", en = \"Ordinance\" }\n";
        folder.write(FEES, format!("{basis}row = [\n{rows}\n]\n"));
        let found = folder.findings(&Check::Words);
        found
            .iter()
            .map(|it| (it.rule, it.line))
            .collect::<Vec<_>>()
    };
    let first =
        r#"{ from = "2015-01-01", until = "2020-01-01", scope = "everywhere", amount_won = 1 },"#;
    let row = |from: &str, scope: &str| {
        format!(r#"{{ from = "{from}", scope = "{scope}", amount_won = 2 }},"#)
    };
    let after = |text: String| format!("{first}\n{text}");

    assert_eq!(rows(&after(row("2020-01-01", "everywhere"))), []);
    assert_eq!(
        rows(&after(row("2020-01-02", "everywhere"))),
        [("fee-gap", 4), ("fee-gap", 4)]
    );
    assert_eq!(
        rows(&after(row("2019-12-31", "inside"))),
        [("fee-overlap", 4)]
    );
    assert_eq!(rows(&row("2020-01-01", "inside")), [("fee-gap", 2)]);
    let backwards = first.replace("2015", "2021");
    assert_eq!(rows(&backwards), [("day", 3)]);
}

#[test]
fn a_paper_that_cannot_be_printed_is_named_with_the_template_line() {
    let pressed = Check::PapersOf(vec!["military-record".to_owned()]);
    let found = |change: fn(&Folder)| {
        let folder = Folder::new();
        change(&folder);
        let found = folder.findings(&pressed);
        let lines = found
            .iter()
            .map(|it| (it.rule, it.file.display().to_string(), it.line));
        lines.collect::<Vec<_>>()
    };
    let broken = found(|it| {
        it.replace(
            TEMPLATE,
            "record.person.name_latin",
            "record.person.name_lat",
        )
    });
    let unsealed = found(|it| {
        it.replace(
            TEMPLATE,
            "both-strong(record.person.name, record.person.name_latin)",
            "[]",
        );
    });
    let glyph = found(|it| it.replace(SAMPLE, "\"name\": \"", "\"name\": \"\u{e123}"));
    let large = found(|it| {
        it.replace(SCHEMA, "\"maxLength\": 60", "\"maxLength\": 900");
    });
    let name = TEMPLATE.to_owned();

    assert!(
        broken.iter().all(|it| *it == ("template", name.clone(), 9)),
        "{broken:?}"
    );
    assert_eq!(broken.len(), 3);
    assert_eq!(unsealed[0].0, "not-printed");
    assert!(unsealed[0].1.ends_with("service.toml"));
    assert_eq!(glyph[0].0, "glyph");
    assert_eq!(
        large.iter().map(|it| it.0).collect::<Vec<_>>(),
        ["seal-too-large"]
    );
}

#[test]
fn what_is_let_through_the_loader_takes_too() {
    let folder = Folder::new();
    for file in [LAND, MILITARY, PETITION, NETWORK, LAND_FEES] {
        let whole = folder.read(file);
        for line in whole
            .lines()
            .filter(|it| it.contains(" = ") && !it.starts_with('#'))
        {
            folder.write(file, whole.replacen(&format!("{line}\n"), "", 1));
            let found = folder.findings(&Check::Words);
            let taken = catalog::Catalog::read(folder.path());
            let refused = found.iter().any(|it| it.rule == "refused");
            assert!(!refused, "{file} without {line}: {}", said(&found));
            assert!(taken.is_ok() || !found.is_empty(), "{file} without {line}");
        }
        folder.write(file, whole);
    }
}
