//! The page in a real browser: Chromium, driven from outside, finding everything by the
//! name that a screen reader would say.

#[path = "browser/console.rs"]
mod console;
#[path = "browser/driver.rs"]
mod driver;

use request::{DocumentNumber, RequestEvent, SpoilReason};
use serde_json::{Value, json};

use super::{BITNA, HOUSEHOLD, office::Office, page::picture, station::Station};
use driver::Browser;

/// The rules of WCAG 2.2, A and AA, as axe-core knows them.
const RULES: &str = "return axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', \
    'wcag21aa', 'wcag22aa', 'best-practice'] }).then(it => it.violations.map(violation => \
    [violation.id, violation.nodes.map(node => node.html)]))";

async fn issued(station: &mut Station) -> DocumentNumber {
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    station.prepared("r").await[0].number.clone()
}

/// Nothing that axe-core knows keeps anybody out, and nothing is wider than the window.
async fn is_open_to_everybody(browser: &Browser, what: &str) {
    let judge = driver::axe();
    browser.run(&judge, &[]).await;
    let complaints = browser.run(RULES, &[]).await;
    assert_eq!(complaints, json!([]), "{what}");
    let wide = "return document.documentElement.scrollWidth - window.innerWidth";
    let wider = browser.run(wide, &[]).await;
    assert!(wider.as_i64().unwrap() <= 0, "{what} is {wider} too wide");
}

#[tokio::test]
async fn anybody_checks_a_number_and_a_picture_in_a_browser() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let number = issued(&mut station).await;
    let pdf = station.document(&number).await.unwrap();
    let paper = picture(&office, &pdf, "seen");
    let browser = Browser::start("ko-KR").await;
    let home = format!("http://{}/", office.public());

    // At a desk, by number: with the keyboard alone.
    browser.window(1280, 900, 1.0).await;
    browser.open(&home).await;
    is_open_to_everybody(&browser, "the empty page").await;
    browser.keep_picture("desk-empty").await;
    let field = browser.named("textbox", "문서확인번호").await;
    browser.write(&field, number.as_str()).await;
    browser.write(&field, "\u{e007}").await; // Enter
    browser.named("heading", "유효한 번호예요").await;
    let focus = "return document.activeElement.id";
    assert_eq!(browser.run(focus, &[]).await, json!("verdict"));
    is_open_to_everybody(&browser, "a valid number").await;
    browser.keep_picture("desk-valid").await;

    // On a telephone, with a picture.
    browser.window(360, 740, 2.0).await;
    browser.open(&home).await;
    is_open_to_everybody(&browser, "a telephone").await;
    browser.keep_picture("phone-empty").await;
    show(&browser, &paper.display().to_string()).await;
    browser.named("heading", "진본이에요").await;
    assert!(browser.text().await.contains("한*나"));
    is_open_to_everybody(&browser, "a genuine picture").await;
    browser.keep_picture("phone-genuine").await;

    // It was taken back.
    let reason = SpoilReason::NotReceived;
    let spoiled = RequestEvent::Spoiled {
        number: number.clone(),
        reason,
    };
    station.tell("r", RequestEvent::IssueBegun { number }).await;
    station.tell("r", spoiled).await;
    show(&browser, &paper.display().to_string()).await;
    browser.named("heading", "무효인 종이예요").await;
    is_open_to_everybody(&browser, "a void picture").await;
    browser.keep_picture("phone-void").await;

    // In English, at twice the size.
    let english = browser.named("link", "English").await;
    browser.press(&english).await;
    browser.window(640, 450, 2.0).await;
    let field = browser.named("textbox", "Document number").await;
    browser
        .write(&field, "<script>document.title='x'</script>")
        .await;
    let button = browser.named("button", "Check the number").await;
    browser.press(&button).await;
    browser.named("heading", "Please check the number").await;
    let field = browser.named("textbox", "Document number").await;
    assert_eq!(
        browser.value(&field).await,
        "<script>document.title='x'</script>"
    );
    assert!(browser.title().await.starts_with("Please check the number"));
    is_open_to_everybody(&browser, "a typing error").await;
    browser.keep_picture("english-twice").await;

    // A browser says what it did not like.
    assert_eq!(browser.complaints().await, Vec::<Value>::new());
}

async fn show(browser: &Browser, file: &str) {
    let choice = browser.chooser("종이 사진 또는 PDF 파일").await;
    browser.write(&choice, file).await;
    let button = browser.named("button", "파일 확인하기").await;
    browser.press(&button).await;
}
