//! The welcome and what follows it as a web page: the same words, fonts, sizes, colours and
//! places, as somebody would write it who builds a kiosk of a browser.

use kiosk::visit::{
    View,
    view::{Screen, ServiceTile},
};

/// Sizes and colours are the theme's.
const STYLE: &str = r#"
* { box-sizing: border-box; margin: 0; }
html, body { width: 1080px; height: 1920px; overflow: hidden; background: #f4f5f6; color: #1e2124;
    font: 36px "Noto Sans CJK KR"; cursor: none; user-select: none; word-break: keep-all; }
.screen { position: absolute; inset: 0; }
.screen[hidden] { display: none; }
header { position: absolute; top: 0; left: 0; right: 0; height: 160px; background: #fff; padding: 40px 64px; font-size: 28px; }
header b { display: block; font-size: 36px; }
.home { position: absolute; justify-content: center; width: 250px; height: 104px; transform: translate(-50%, -50%); }
button { font: inherit; color: inherit; text-align: start; border: 2px solid #b1b8be; border-radius: 16px; background: #fff; }
button:active { background: #e6e8ea; }
button.primary { background: #256ef4; border-color: #256ef4; color: #fff; font-weight: 700; font-size: 44px; text-align: center; }
button.primary:active { background: #083891; }
.hero { position: absolute; top: 168px; left: 0; right: 0; height: 456px; background: #052b57; color: #d6e0eb; padding: 32px 64px;
    display: flex; gap: 24px; align-items: center; }
.hero h1 { font-size: 72px; color: #fff; margin-bottom: 28px; line-height: 1.3; }
.languages { position: absolute; top: 624px; left: 0; right: 0; height: 96px; background: #fff; padding: 0 64px;
    display: flex; gap: 32px; align-items: center; font-weight: 700; }
main { position: absolute; left: 64px; right: 64px; display: grid; gap: 24px; align-content: start; overflow: hidden; }
h2 { font-size: 44px; } h3 { font-size: 36px; color: #464c53; } .title { font-size: 56px; }
.steps { display: flex; justify-content: space-around; text-align: center; font-weight: 700; }
.steps i { display: block; margin: auto; width: 120px; height: 120px; border-radius: 60px; background: #d8e5fd; padding: 24px; }
.card { background: #fff; border: 2px solid #cdd1d5; border-radius: 16px; padding: 36px; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 16px 24px; }
.line { display: flex; gap: 20px; align-items: center; font-weight: 700; }
.tile { min-height: 112px; padding: 12px 32px; font-weight: 700; }
.tile small { display: block; font-size: 30px; color: #0b50d0; }
.way { min-height: 112px; padding: 12px 28px; background: #d8e5fd; border-color: #256ef4; }
footer { position: absolute; bottom: 120px; left: 0; right: 0; height: 200px; background: #fff; padding: 28px 64px; }
footer button { width: 100%; height: 144px; } footer .back { width: 296px; justify-content: center; }
.help { position: absolute; bottom: 0; left: 0; right: 0; height: 120px; background: #052b57; display: flex; gap: 16px; padding: 12px; }
.help button { flex: 1; background: #052b57; border-color: #346fb2; color: #fff; font-size: 28px; font-weight: 700; text-align: center; }
svg { width: 48px; height: 48px; fill: none; stroke: #256ef4; stroke-width: 6; stroke-linecap: round; stroke-linejoin: round; flex: none; }
.hero svg { width: 300px; height: 360px; stroke: #fff; }
"#;

const ICON: &str = r#"<svg viewBox="0 0 64 64"><path d="M14 6H40L52 18V58H14ZM40 6V18H52M23 30H43M23 40H43M23 50H35"/></svg>"#;

/// `home` is where the button stands that leads back to the welcome.
pub(crate) fn html(welcome: &View, find: &View, (x, y): (f32, f32)) -> String {
    let (Screen::Welcome(resting), Screen::Find(found)) = (&welcome.screen, &find.screen) else {
        unreachable!("waited for them");
    };
    let topics = |class: &str| -> String {
        let line = |title: &str| format!("<{class}>{ICON}{}</{}>", text(title), tag(class));
        resting.topics.iter().map(|it| line(&it.title)).collect()
    };
    let tiles: String = found.most_asked.iter().map(tile).collect();
    let way = |words: &str| format!("<button class=\"way line\">{ICON}{words}</button>");
    let help: String = ["글자 크게", "고대비", "낮은 화면", "음성 안내", "도움 받기"]
        .map(|words| format!("<button>{words}</button>"))
        .concat();
    let header = format!(
        "<header>{}<b>무인민원발급기</b></header>",
        text(&resting.office)
    );
    format!(
        "<!doctype html><html lang=ko translate=no><meta charset=utf-8><meta name=google content=notranslate><title>무인민원발급기</title><style>{STYLE}</style>\n\
         <div class=screen id=welcome>{header}\
         <div class=hero><div><h1>필요한 증명서, 여기서 바로 받으세요</h1><p>신분증만 있으면 3분이면 돼요.</p></div>{ICON}</div>\
         <div class=languages>{ICON}한국어 English 中文 Tiếng Việt 日本語 العربية</div>\
         <main style=\"top:744px;height:856px\"><div class=steps><div><i>{ICON}</i>신분증 넣기</div><div><i>{ICON}</i>요금 내기</div>\
         <div><i>{ICON}</i>증명서 받기</div></div><h2>여기서 받는 증명서 {}가지</h2>\
         <div class=\"card two\">{}</div></main>\
         <footer><button class=primary onclick=\"go('find')\">시작하기</button></footer></div>\n\
         <div class=screen id=find hidden>{header}\
         <button class=\"home line\" style=\"left:{x}px;top:{y}px\" onclick=\"go('welcome')\">{ICON}처음으로</button>\
         <main style=\"top:224px;height:1376px\"><h2 class=title>무엇이 필요하세요?</h2>\
         <div class=two>{}{}{}{}</div><h3>많이 찾는 증명서</h3><div class=two>{tiles}</div><h3>분야별로 찾기</h3><div class=two>{}</div></main>\
         <footer><button class=\"back line\" onclick=\"go('welcome')\">뒤로</button></footer></div>\n\
         <div class=help>{help}</div>\n\
         <script>function go(name) {{ for (const it of document.querySelectorAll('.screen')) it.hidden = it.id != name; }}</script>\n",
        resting.services,
        topics("div class=line"),
        way("접수증·환불증이 있어요"),
        way("이름으로 찾기"),
        way("정부정보 소재안내"),
        way("지역 소식과 게시판"),
        topics("button class=\"tile line\""),
    )
}

fn tile(tile: &ServiceTile) -> String {
    let (title, fee) = (text(&tile.title), text(&tile.fee));
    format!("<button class=tile>{title}<small>{fee}</small></button>")
}

fn tag(class: &str) -> &str {
    class.split(' ').next().unwrap_or(class)
}

fn text(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}
