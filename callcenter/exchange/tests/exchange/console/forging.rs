//! What nobody may do: without the role, without the form, without the key.

use super::client::{PASSPHRASE, Visitor, audit, operator};
use crate::office::Office;

const ORDER: &str = "/stations/gaon-1/order";
const CLOSE: [(&str, &str); 2] = [("order", "close"), ("minutes", "60")];

#[track_caller]
fn nothing_was_announced(office: &Office) {
    let told = audit(office);
    assert!(!told.iter().any(|it| it.contains("announce")), "{told:?}");
}

#[tokio::test]
async fn who_may_only_look_is_shown_no_form_and_refused_with_a_sentence() {
    let office = Office::open().await;
    let mut viewer = Visitor::signed_in(&office, "han", "operator").await;
    viewer.see("/stations/gaon-1").await.says("지시 보내기");
    let mark = viewer.mark(ORDER).unwrap();
    // Meanwhile somebody takes the role away.
    let (code, said) = operator(&office, &["role", "han", "--role", "viewer"], "").await;
    assert_eq!(code, Some(0), "{said}");

    let fields = [&[("form", mark.as_str())][..], &CLOSE].concat();
    let refused = viewer.force(ORDER, &fields, &[]).await;

    assert_eq!(refused.status, 403);
    refused
        .says("이 일은 할 수 없어요")
        .says("운영 담당 역할이 있어야 해요");
    nothing_was_announced(&office);
    viewer
        .see("/stations/gaon-1")
        .await
        .never_says("지시 보내기");
    let refused = viewer.see("/operators").await;
    assert_eq!(refused.status, 403);
    refused.says("관리자 역할이 있어야 해요");
    let told = audit(&office);
    for wanted in [
        "command made viewer han",
        "han was refused to tell stations something",
        "han was refused to change operators",
    ] {
        assert!(
            told.iter().any(|it| it == wanted),
            "no {wanted} in {told:?}"
        );
    }
}

#[tokio::test]
async fn a_form_that_this_session_did_not_make_changes_nothing() {
    let office = Office::open().await;
    let mut han = Visitor::signed_in(&office, "han", "operator").await;
    let mut choi = Visitor::signed_in(&office, "choi", "administrator").await;
    han.see("/stations/gaon-1").await;
    choi.see("/stations/gaon-1").await;
    let (own, others) = (han.mark(ORDER).unwrap(), choi.mark(ORDER).unwrap());
    let elsewhere = han.mark("/stations/gaon-1/notice").unwrap();

    for mark in ["", "nonsense", &others, &elsewhere, &own.to_uppercase()] {
        let fields = [&[("form", mark)][..], &CLOSE].concat();
        let told = han.force(ORDER, &fields, &[]).await;
        assert_eq!(told.status, 403, "{mark}");
        told.says("이 양식은 쓸 수 없어요");
    }
    let fields = [&[("form", own.as_str())][..], &CLOSE].concat();
    for (header, value) in [
        ("origin", "https://elsewhere.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let told = han.force(ORDER, &fields, &[(header, value)]).await;
        assert_eq!(told.status, 403, "{header}: {value}");
    }
    nothing_was_announced(&office);
    let told = audit(&office);
    let refused = "han was refused to use a form that is not of this session";
    assert_eq!(told.iter().filter(|it| *it == refused).count(), 9);

    let told = han.force(ORDER, &fields, &[]).await;
    told.leads_to("/stations/gaon-1?done=told");
}

#[tokio::test]
async fn what_is_no_form_is_refused_with_a_sentence() {
    let office = Office::open().await;
    let mut han = Visitor::signed_in(&office, "han", "operator").await;
    let form = "application/x-www-form-urlencoded";
    for (kind, body) in [
        ("application/json", b"{}".to_vec()),
        ("multipart/form-data; boundary=x", b"--x--".to_vec()),
        (form, vec![0xff, 0xfe]),
        (form, vec![b'a'; 17 << 10]),
    ] {
        let told = han.pour(ORDER, kind, body).await;
        assert_eq!(told.status, 400, "{kind}");
        told.says("무슨 뜻인지 알 수 없어요");
    }
    let told = han.pour("/stations", form, Vec::new()).await;
    assert_eq!(told.status, 400, "a page that takes no form");
    nothing_was_announced(&office);
}

#[tokio::test]
async fn a_forged_key_opens_nothing() {
    let office = Office::open().await;
    let mut han = Visitor::signed_in(&office, "han", "operator").await;
    let (name, key) = han.cookies.first_key_value().unwrap();
    let (name, key) = (name.clone(), key.clone());
    let another = key.chars().rev().collect::<String>();

    for forged in [&another, &key[1..], "", "nonsense", &key.to_uppercase()] {
        if *forged == key {
            continue;
        }
        han.cookies.insert(name.clone(), forged.to_owned());
        han.see("/stations").await.leads_to("/sign-in");
    }

    han.cookies.insert(name, key);
    assert_eq!(han.see("/stations").await.status, 200);
}

#[tokio::test]
async fn the_door_takes_only_a_form_that_this_browser_was_given() {
    let office = Office::open().await;
    let (mut one, mut other) = (Visitor::new(&office), Visitor::new(&office));
    let (code, said) = operator(&office, &["add", "han", "--role", "viewer"], PASSPHRASE).await;
    assert_eq!(code, Some(0), "{said}");
    one.see("/sign-in").await;
    other.see("/sign-in").await;
    let fields = |mark: &str| {
        let fields = [("form", mark), ("name", "han"), ("passphrase", PASSPHRASE)];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };

    let mark = other.mark("/sign-in").unwrap();
    let fields = fields(&mark);
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let told = one.force("/sign-in", &fields, &[]).await;

    assert_eq!(told.status, 403);
    told.says("이 양식은 쓸 수 없어요");
    one.see("/").await.leads_to("/sign-in");
    other.force("/sign-in", &fields, &[]).await.leads_to("/");
}
