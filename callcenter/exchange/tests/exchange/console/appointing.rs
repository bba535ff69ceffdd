//! How operators come and go: by command at the server, and by an administrator.

use super::client::{PASSPHRASE, Visitor, audit, operator};
use crate::office::Office;

#[tokio::test]
async fn the_command_appoints_beside_an_exchange_that_serves_and_without_one() {
    let mut office = Office::open().await;
    let add = |role| ["add", "choi", "--role", role];
    let (code, said) = operator(&office, &add("administrator"), PASSPHRASE).await;
    assert_eq!((code, said.as_str()), (Some(0), ""));

    let (code, said) = operator(&office, &add("viewer"), PASSPHRASE).await;
    assert_eq!(code, Some(1));
    assert!(said.contains("nothing was changed: there is an operator of that name"));
    let (code, said) = operator(&office, &["strike", "choi"], "").await;
    assert_eq!(code, Some(1));
    assert!(said.contains("nobody would be left"), "{said}");
    let (code, said) = operator(&office, &["add", "han", "--role", "viewer"], "too short").await;
    assert_eq!(code, Some(1));
    assert!(said.contains("12 to 128 letters") && !said.contains("too short"));

    office.close();
    let (code, said) = operator(&office, &["add", "han", "--role", "viewer"], PASSPHRASE).await;
    assert_eq!((code, said.as_str()), (Some(0), ""));
    let (code, said) = operator(&office, &["list"], "").await;
    assert_eq!(code, Some(0));
    assert!(said.starts_with("choi\tadministrator\t2026-11-24\nhan\tviewer\t"));
    office.restart().await;
    let mut han = Visitor::new(&office);
    han.sign_in("han", PASSPHRASE).await.leads_to("/");
    let told = audit(&office);
    assert!(told.contains(&"command added as administrator choi".to_owned()));
    assert!(told.contains(&"command added as viewer han".to_owned()));
}

#[tokio::test]
async fn an_administrator_adds_an_operator_whose_passphrase_is_shown_once() {
    let office = Office::open().await;
    let mut choi = Visitor::signed_in(&office, "choi", "administrator").await;
    choi.see("/operators").await;

    let fields = [("name", "han"), ("role", "operator")];
    let told = choi.send("/operators", &fields).await;

    assert_eq!(told.status, 200);
    let (_, drawn) = told.text.split_once("class=\"large number\">").unwrap();
    let drawn = drawn.split('<').next().unwrap().to_owned();
    choi.see("/operators").await.says("han").never_says(&drawn);
    let mut han = Visitor::new(&office);
    han.sign_in("han", &drawn).await.leads_to("/");
    for (name, status) in [("han", 409), ("../han", 422), ("", 422), ("한", 422)] {
        choi.see("/operators").await;
        let fields = [("name", name), ("role", "viewer")];
        assert_eq!(
            choi.send("/operators", &fields).await.status,
            status,
            "{name}"
        );
    }
    choi.see("/operators").await;
    let told = choi.send("/operators/choi/strike", &[]).await;
    assert_eq!(told.status, 409);
    told.says("마지막 관리자예요");
    choi.see("/operators").await;
    let told = choi.send("/operators/han/strike", &[]).await;
    told.leads_to("/operators?done=struck");
    han.see("/").await.leads_to("/sign-in");
}

#[tokio::test]
async fn another_passphrase_ends_all_sessions_but_the_one_in_which_it_was_given() {
    let office = Office::open().await;
    let mut here = Visitor::signed_in(&office, "han", "viewer").await;
    let mut there = Visitor::new(&office);
    there.sign_in("han", PASSPHRASE).await.leads_to("/");
    let another = "green kite over narae";
    let change = |current, again| [("current", current), ("new", another), ("again", again)];

    for (fields, sentence) in [
        (change(PASSPHRASE, "green kite"), "서로 달라요"),
        (
            change("red kite over gaon", another),
            "지금 암호 문구가 맞지 않아요",
        ),
    ] {
        here.see("/account").await;
        let told = here.send("/account", &fields).await;
        assert_eq!(told.status, 422);
        told.says(sentence);
    }
    here.see("/account").await;
    let told = here.send("/account", &change(PASSPHRASE, another)).await;
    told.leads_to("/account?done=passphrase-changed");

    assert_eq!(here.see("/account").await.status, 200);
    there.see("/").await.leads_to("/sign-in");
    assert_eq!(there.sign_in("han", PASSPHRASE).await.status, 403);
    there.sign_in("han", another).await.leads_to("/");
    // Lost: somebody at the server gives another.
    let (code, said) = operator(&office, &["passphrase", "han"], PASSPHRASE).await;
    assert_eq!(code, Some(0), "{said}");
    here.see("/").await.leads_to("/sign-in");
    here.sign_in("han", PASSPHRASE).await.leads_to("/");
}
