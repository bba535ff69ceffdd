//! Strangers' programs judge our certificates: poppler, qpdf, pyHanko, zbar, python-cwt.

#![allow(clippy::unwrap_used)]

#[path = "oracles/office.rs"]
mod office;

use office::{NUMBER, Office, judge, run, script};

#[test]
fn strangers_find_the_certificate_sound_and_signed_by_its_office() {
    let office = Office::issue("sound");
    let certificate = office.path("certificate.pdf");

    let poppler = run("pdfsig", &[&certificate], b"").succeeded();
    assert!(poppler.says("Signature is Valid."), "{}", poppler.text);
    assert!(poppler.says("Total document signed"), "{}", poppler.text);
    let qpdf = run("qpdf", &["--check", &certificate], b"").succeeded();
    assert!(
        qpdf.says("No syntax or stream encoding errors found"),
        "{}",
        qpdf.text
    );
    let pyhanko = office.pyhanko(&certificate).succeeded();
    assert!(
        pyhanko.says("The signature is judged VALID."),
        "{}",
        pyhanko.text
    );
    office.verify(&certificate, &[]).succeeded();
}

#[test]
fn every_font_is_inside_so_that_the_paper_looks_the_same_everywhere() {
    let office = Office::issue("fonts");

    let fonts = run("pdffonts", &[&office.path("certificate.pdf")], b"").succeeded();

    let rows: Vec<&str> = fonts.text.lines().skip(2).collect();
    assert!(rows.len() >= 3, "{}", fonts.text);
    for row in rows {
        // The last columns: embedded, subset, Unicode, object number and generation.
        let columns: Vec<&str> = row.split_whitespace().rev().take(5).collect();
        assert_eq!(columns[2..], ["yes", "yes", "yes"], "{row}");
    }
}

#[test]
fn one_flipped_byte_is_told_by_all() {
    let office = Office::issue("flipped");
    let mut altered = office.read("certificate.pdf");
    let stream = altered.windows(6).position(|it| it == b"stream").unwrap();
    altered[stream + 40] ^= 1;
    let altered = office.write("altered.pdf", &altered);

    let poppler = run("pdfsig", &[&altered], b"");
    assert!(poppler.says("Digest Mismatch."), "{}", poppler.text);
    let pyhanko = office.pyhanko(&altered);
    assert!(
        pyhanko.says("The signature is judged INVALID."),
        "{}",
        pyhanko.text
    );
    let ours = office.verify(&altered, &[]);
    assert_eq!(ours.code, Some(1), "{}", ours.text);
    assert!(ours.says("위변조"), "{}", ours.text);
}

#[test]
fn words_laid_over_the_page_in_a_later_revision_are_refused() {
    let office = Office::issue("overlaid");
    let certificate = office.path("certificate.pdf");
    let overlaid = office.path("overlaid.pdf");
    run(
        &judge("python"),
        &[&script("overlay.py"), &certificate, &overlaid],
        b"",
    )
    .succeeded();

    // Poppler calls the same file valid: it only looks at what was signed.
    let poppler = run("pdfsig", &[&overlaid], b"");
    assert!(poppler.says("Signature is Valid."), "{}", poppler.text);
    let pyhanko = office.pyhanko(&overlaid);
    assert!(!pyhanko.says("judged VALID"), "{}", pyhanko.text);
    let ours = office.verify(&overlaid, &[]);
    assert_eq!(ours.code, Some(1), "{}", ours.text);
    assert!(
        ours.says("something was added after the signature"),
        "{}",
        ours.text
    );
}

#[test]
fn a_number_that_was_taken_back_is_void_on_screen_and_on_paper() {
    let office = Office::issue("void");
    let list = office.write("void.json", format!("[\"{NUMBER}\"]").as_bytes());
    let picture = office.photograph("paper", &[]);

    for file in [office.path("certificate.pdf"), picture] {
        let ours = office.verify(&file, &["--void-list", &list]);
        assert_eq!(ours.code, Some(1), "{}", ours.text);
        assert!(ours.says("무효"), "{}", ours.text);
    }
}

#[test]
fn a_picture_of_the_paper_is_enough_also_without_colour_or_upside_down() {
    let office = Office::issue("picture");
    let colour = office.photograph("colour", &[]);
    let grey = office.photograph("grey", &["-gray"]);
    let turned = office.path("turned.png");
    image::open(&colour)
        .unwrap()
        .rotate180()
        .save(&turned)
        .unwrap();

    for picture in [colour, grey, turned] {
        let ours = office.verify(&picture, &[]).succeeded();
        assert!(ours.says(NUMBER) && ours.says("홍길동"), "{}", ours.text);
    }
}

#[test]
fn a_strangers_scanner_and_a_strangers_cose_library_read_the_seal_off_the_paper() {
    let office = Office::issue("scanned");
    let paper = office.photograph("paper", &[]);
    let zbar = ["-q", "--raw", "-Sdisable", "-Sqrcode.enable", &paper];
    let scanned = run("zbarimg", &zbar, b"");
    let seal = scanned
        .text
        .lines()
        .find(|line| line.starts_with("MW1:"))
        .unwrap();

    let text = office.write("seal.txt", seal.as_bytes());
    office.verify(&text, &[]).succeeded();
    let key = office.path("seal.pem");
    let words = [script("seal.py"), key];
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let claims = run(&judge("python"), &words, seal.as_bytes()).succeeded();
    assert!(claims.says(NUMBER), "{}", claims.text);
    for (name, value) in &office.claims.fields {
        assert!(claims.says(name) && claims.says(value), "{}", claims.text);
    }

    let middle = seal.len() / 2;
    let other = if seal.as_bytes()[middle] == b'A' {
        "B"
    } else {
        "A"
    };
    let tampered = [&seal[..middle], other, &seal[middle + 1..]].concat();
    let refused = run(&judge("python"), &words, tampered.as_bytes());
    assert_ne!(refused.code, Some(0), "{}", refused.text);
    let text = office.write("tampered.txt", tampered.as_bytes());
    assert_eq!(office.verify(&text, &[]).code, Some(1));
}
