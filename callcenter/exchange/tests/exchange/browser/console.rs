//! The operators' console in a real browser.

use request::RequestEvent;
use serde_json::{Value, json};
use sync::{Announcement, RemoteOrder};

use super::{driver::Browser, is_open_to_everybody};
use crate::{
    BITNA, HOUSEHOLD,
    console::{
        PAGES,
        client::{PASSPHRASE, operator},
        machines,
    },
    office::Office,
};

async fn fill(browser: &Browser, field: &str, words: &str) {
    let field = browser.chooser(field).await;
    browser.write(&field, words).await;
}

async fn press(browser: &Browser, role: &str, name: &str) {
    let found = browser.named(role, name).await;
    browser.press(&found).await;
}

#[tokio::test]
async fn an_operator_signs_in_closes_a_kiosk_and_finds_the_deed_in_the_audit() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    station.prepared("r").await;
    station.tell("never-opened", RequestEvent::Submitted).await;
    machines::tell(&office, &machines::eventful()).await;
    let words = ["add", "choi", "--role", "administrator"];
    let (code, said) = operator(&office, &words, PASSPHRASE).await;
    assert_eq!(code, Some(0), "{said}");
    let home = format!("https://{}", office.console());
    let browser = Browser::start("ko-KR").await;
    browser.window(1280, 900, 1.0).await;

    // Whoever comes is at the door, and a wrong passphrase leaves them there.
    browser.open(&home).await;
    browser.named("heading", "로그인").await;
    is_open_to_everybody(&browser, "the door").await;
    browser.keep_picture("console-door").await;
    fill(&browser, "이름", "choi").await;
    fill(&browser, "암호 문구", "red kite over gaon").await;
    press(&browser, "button", "로그인하기").await;
    browser.named("heading", "로그인").await;
    assert!(browser.text().await.contains("맞지 않아요"));
    is_open_to_everybody(&browser, "a wrong passphrase").await;
    fill(&browser, "이름", "choi").await;
    fill(&browser, "암호 문구", PASSPHRASE).await;
    fill(&browser, "암호 문구", "\u{e007}").await; // Enter
    browser.named("heading", "한눈에 보기").await;

    // The kiosk is there; it is closed for eight hours.
    press(&browser, "link", "기기").await;
    browser.named("heading", "기기").await;
    press(&browser, "link", "gaon-1").await;
    browser.named("heading", "gaon-1").await;
    assert!(browser.text().await.contains("연결됨"));
    press(&browser, "option", "8시간").await;
    press(&browser, "button", "지시 보내기").await;
    browser.named("heading", "gaon-1").await;
    assert!(browser.text().await.contains("알렸어요."));
    let heard = station.publications(0).await;
    let order = &heard.last().unwrap().content;
    assert!(
        matches!(
            order,
            Announcement::Order {
                order: RemoteOrder::Close,
                ..
            }
        ),
        "{order:?}"
    );

    press(&browser, "link", "감사 기록").await;
    browser.named("heading", "감사 기록").await;
    let text = browser.text().await;
    for words in [
        "쓴 그대로예요",
        "choi",
        "업무를 멈추게 하려고 함",
        "알림을 전함",
        "gaon-1",
    ] {
        assert!(text.contains(words), "no {words} in {text}");
    }

    // Every page, at a desk and on a telephone.
    for page in PAGES.into_iter().chain(["/operators"]) {
        let name = page.trim_start_matches('/').replace('/', "-");
        for (window, width, height) in [("desk", 1280, 900), ("phone", 360, 740)] {
            browser.window(width, height, 1.0).await;
            browser.open(&format!("{home}{page}")).await;
            is_open_to_everybody(&browser, &format!("{page} at a {window}")).await;
            browser
                .keep_picture(&format!("console-{window}-{name}"))
                .await;
        }
    }
    browser.window(1280, 900, 1.0).await;
    press(&browser, "link", "English").await;
    browser.named("heading", "Operators").await;

    press(&browser, "button", "Sign out").await;
    browser.named("heading", "Sign in").await;
    browser.open(&format!("{home}/stations")).await;
    browser.named("heading", "Sign in").await;
    assert_eq!(browser.complaints().await, Vec::<Value>::new());
    assert_eq!(browser.run("return document.cookie", &[]).await, json!(""));
}
