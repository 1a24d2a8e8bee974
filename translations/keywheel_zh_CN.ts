<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Notice</name>
    <message>
        <source>Keywheel cannot listen on its address</source>
        <translation>Keywheel 无法监听其地址</translation>
    </message>
    <message>
        <source>Some settings are not valid</source>
        <translation>部分设置无效</translation>
    </message>
    <message>
        <source>The API keys cannot be read</source>
        <translation>无法读取 API 密钥</translation>
    </message>
    <message>
        <source>There are no API keys yet</source>
        <translation>还没有 API 密钥</translation>
    </message>
    <message>
        <source>No API key is left</source>
        <translation>没有可用的 API 密钥了</translation>
    </message>
    <message>
        <source>Other machines can spend your API keys</source>
        <translation>其他计算机可以消耗您的 API 密钥</translation>
    </message>
    <message>
        <source>The upstream does not answer properly</source>
        <translation>上游未正常响应</translation>
    </message>
    <message>
        <source>Failures are not counted against keys now</source>
        <translation>目前的失败不计入密钥</translation>
    </message>
    <message>
        <source>Key %1 is out of use</source>
        <translation>密钥 %1 已停用</translation>
    </message>
    <message>
        <source>A web page was refused</source>
        <translation>已拒绝一个网页的请求</translation>
    </message>
    <message>
        <source>End the other program, or choose another port.</source>
        <translation>请结束占用端口的程序，或选择其他端口。</translation>
    </message>
    <message>
        <source>The last good ones stay in use.</source>
        <translation>将继续使用上一次有效的设置。</translation>
    </message>
    <message>
        <source>Unlock the keychain, or keep the keys in a file.</source>
        <translation>请解锁密钥环，或将密钥保存在文件中。</translation>
    </message>
    <message>
        <source>Requests are refused until you import some.</source>
        <translation>导入密钥之前，所有请求都会被拒绝。</translation>
    </message>
    <message>
        <source>All of them are set aside, so requests are refused.</source>
        <translation>所有密钥都已搁置，因此请求会被拒绝。</translation>
    </message>
    <message>
        <source>Keywheel listens on %1 without an AUTH_KEY. Set one, or listen on 127.0.0.1 only.</source>
        <translation>Keywheel 正在 %1 上监听，但未设置 AUTH_KEY。请设置 AUTH_KEY，或仅监听 127.0.0.1。</translation>
    </message>
    <message>
        <source>Requests go on being tried.</source>
        <translation>Keywheel 会继续尝试发送请求。</translation>
    </message>
    <message>
        <source>%1 tried to use Keywheel from a browser. Allow it only if you trust that page with your keys.</source>
        <translation>%1 试图从浏览器使用 Keywheel。仅当您放心让该网页使用您的密钥时才允许。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Import keys…</source>
        <translation>导入密钥…</translation>
    </message>
    <message>
        <source>Reset blacklist</source>
        <translation>重置黑名单</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show requests</source>
        <translation>显示请求</translation>
    </message>
    <message>
        <source>Allow it</source>
        <translation>允许</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Access key</source>
        <translation>访问密钥</translation>
    </message>
    <message>
        <source>Where keys are kept</source>
        <translation>密钥保存位置</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>First key</source>
        <translation>起始密钥</translation>
    </message>
    <message>
        <source>Next key</source>
        <translation>选用密钥的方式</translation>
    </message>
    <message>
        <source>Failures allowed</source>
        <translation>允许的失败次数</translation>
    </message>
    <message>
        <source>When no key is left</source>
        <translation>无可用密钥时</translation>
    </message>
    <message>
        <source>Check keys again</source>
        <translation>重新检查密钥</translation>
    </message>
    <message>
        <source>API address</source>
        <translation>API 地址</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Extra certificates</source>
        <translation>附加证书</translation>
    </message>
    <message>
        <source>HTTP/2</source>
        <translation>HTTP/2</translation>
    </message>
    <message>
        <source>Time to send</source>
        <translation>发送时限</translation>
    </message>
    <message>
        <source>Longest silence</source>
        <translation>最长无响应时间</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>重试次数</translation>
    </message>
    <message>
        <source>API connections</source>
        <translation>API 连接数</translation>
    </message>
    <message>
        <source>Idle connections</source>
        <translation>空闲连接数</translation>
    </message>
    <message>
        <source>Largest request</source>
        <translation>请求大小上限</translation>
    </message>
    <message>
        <source>Client connections</source>
        <translation>客户端连接数</translation>
    </message>
    <message>
        <source>Web pages</source>
        <translation>网页访问</translation>
    </message>
    <message>
        <source>Allowed origins</source>
        <translation>允许的来源</translation>
    </message>
    <message>
        <source>Log level</source>
        <translation>日志级别</translation>
    </message>
    <message>
        <source>Log format</source>
        <translation>日志格式</translation>
    </message>
    <message>
        <source>File (plain text)</source>
        <translation>文件（明文）</translation>
    </message>
    <message>
        <source>Keychain (encrypted)</source>
        <translation>密钥环（加密）</translation>
    </message>
    <message>
        <source>In turn</source>
        <translation>轮流</translation>
    </message>
    <message>
        <source>Least used</source>
        <translation>最少使用优先</translation>
    </message>
    <message>
        <source>First until set aside</source>
        <translation>用完一个再换下一个</translation>
    </message>
    <message>
        <source>Most limit left</source>
        <translation>剩余额度最多优先</translation>
    </message>
    <message>
        <source>End all cooldowns</source>
        <translation>结束所有冷却</translation>
    </message>
    <message>
        <source>Refuse requests</source>
        <translation>拒绝请求</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>调试</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n millisecond(s)</source>
        <translation>
            <numerusform>%n 毫秒</numerusform>
        </translation>
    </message>
    <message>
        <source>it holds a user name or password</source>
        <translation>其中含有用户名或密码</translation>
    </message>
    <message>
        <source>it has a query or fragment</source>
        <translation>其中含有查询参数或片段</translation>
    </message>
    <message>
        <source>it names no port</source>
        <translation>未指定端口</translation>
    </message>
    <message>
        <source>it has more than a host and port</source>
        <translation>除主机和端口外还有其他内容</translation>
    </message>
    <message>
        <source>the list is empty</source>
        <translation>列表为空</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>这不是文件</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>it holds no PEM certificate</source>
        <translation>其中没有 PEM 证书</translation>
    </message>
    <message>
        <source>Port to listen on.</source>
        <translation>监听的端口。</translation>
    </message>
    <message>
        <source>an IP address such as 127.0.0.1, 0.0.0.0 or ::1, or localhost</source>
        <translation>IP 地址（如 127.0.0.1、0.0.0.0 或 ::1）或 localhost</translation>
    </message>
    <message>
        <source>Address to listen on; one that is not loopback lets your network spend your keys, so set AUTH_KEY with it.</source>
        <translation>监听的地址。若不是本机回环地址，您所在网络中的其他人也能消耗您的密钥，请同时设置 AUTH_KEY。</translation>
    </message>
    <message>
        <source>printable ASCII, 8 to 4096 characters, no space at either end</source>
        <translation>8 到 4096 个可打印 ASCII 字符，首尾不能是空格</translation>
    </message>
    <message>
        <source>What clients must send as their own API key.</source>
        <translation>客户端必须作为自己的 API 密钥发送的内容。</translation>
    </message>
    <message>
        <source>Where the API keys live: in KEYS_FILE, or encrypted in the keychain of your desktop session.</source>
        <translation>API 密钥的保存位置：KEYS_FILE 文件，或加密保存在桌面会话的密钥环中。</translation>
    </message>
    <message>
        <source>the path of a file</source>
        <translation>文件路径</translation>
    </message>
    <message>
        <source>The API keys, one a line, with # comments; a relative path starts at the working directory.</source>
        <translation>API 密钥，每行一个，可用 # 注释；相对路径以工作目录为起点。</translation>
    </message>
    <message>
        <source>First key of the rotation, counted from 0.</source>
        <translation>轮换时的第一个密钥，从 0 开始计数。</translation>
    </message>
    <message>
        <source>Which key comes next: in turn; the one used least since the start; the first one until it is set aside; or the one with most left of its rate limits as its answers told (x-ratelimit-remaining-*).</source>
        <translation>接下来使用哪个密钥：轮流；启动以来使用最少的；一直用第一个直到它被搁置；或按应答（x-ratelimit-remaining-*）所示速率限制剩余最多的。</translation>
    </message>
    <message>
        <source>Temporary failures in a row that blacklist a key.</source>
        <translation>密钥连续出现多少次临时失败后列入黑名单。</translation>
    </message>
    <message>
        <source>When no key is left: reset ends all cooldowns and goes on, reject answers 503 until the first cooldown ends.</source>
        <translation>没有可用密钥时：reset 结束所有冷却并继续；reject 在首个冷却结束前一直返回 503。</translation>
    </message>
    <message>
        <source>Time between free requests (GET /v1/models) that find out whether a blacklisted key is good again; 0 turns them off.</source>
        <translation>每隔多久发送一次免费请求（GET /v1/models），以检查黑名单中的密钥是否已恢复；0 表示关闭。</translation>
    </message>
    <message>
        <source>http://HOST or https://HOST, with a port and path if need be</source>
        <translation>http://主机 或 https://主机，可带端口和路径</translation>
    </message>
    <message>
        <source>The API to forward to; a path in it is kept, and /v1 is not doubled.</source>
        <translation>请求转发到的 API；其中的路径会保留，/v1 不会重复。</translation>
    </message>
    <message>
        <source>system, none, http://[user:pass@]host:port, socks5://[user:pass@]host:port</source>
        <translation>system、none、http://[用户:密码@]主机:端口、socks5://[用户:密码@]主机:端口</translation>
    </message>
    <message>
        <source>The proxy on the way to the API.</source>
        <translation>连接 API 时使用的代理。</translation>
    </message>
    <message>
        <source>the path of a readable PEM file</source>
        <translation>可读取的 PEM 文件的路径</translation>
    </message>
    <message>
        <source>Further certificate authorities to trust for the API.</source>
        <translation>连接 API 时额外信任的证书颁发机构。</translation>
    </message>
    <message>
        <source>HTTP/2 to an API that speaks it over TLS: fewer connections, but slower for each request.</source>
        <translation>对支持 HTTP/2（TLS）的 API 使用 HTTP/2：连接更少，但单个请求更慢。</translation>
    </message>
    <message>
        <source>Time to connect, finish TLS and hand the request over.</source>
        <translation>建立连接、完成 TLS 握手并发出请求的时限。</translation>
    </message>
    <message>
        <source>Silence allowed while a response is awaited or under way; a stream that keeps sending is never cut.</source>
        <translation>等待或接收响应时允许的最长静默时间；持续发送的流不会被中断。</translation>
    </message>
    <message>
        <source>Further keys tried before the client sees a failure.</source>
        <translation>向客户端报告失败之前，再尝试多少个其他密钥。</translation>
    </message>
    <message>
        <source>Connections to the API at once; further requests wait in order.</source>
        <translation>同时连接 API 的数量上限；超出的请求依次等待。</translation>
    </message>
    <message>
        <source>Idle connections to the API that are kept.</source>
        <translation>保留的 API 空闲连接数。</translation>
    </message>
    <message>
        <source>Answer the browsers of the allowed origins.</source>
        <translation>响应来自允许来源的浏览器。</translation>
    </message>
    <message>
        <source>a comma list of *, scheme://host, scheme://host:port, scheme://host:* and scheme://</source>
        <translation>以逗号分隔的列表，可含 *、协议://主机、协议://主机:端口、协议://主机:* 和 协议://</translation>
    </message>
    <message>
        <source>Web pages and apps that may call Keywheel; * as a port is any port, * alone is everyone, scheme:// is every page of it.</source>
        <translation>可以调用 Keywheel 的网页和应用；端口为 * 表示任意端口，单独的 * 表示所有来源，“协议://”表示该协议的所有页面。</translation>
    </message>
    <message>
        <source>Largest request body; more gets 413.</source>
        <translation>请求正文的大小上限；超出则返回 413。</translation>
    </message>
    <message>
        <source>Client connections at once; more are refused with 503.</source>
        <translation>客户端同时连接的数量上限；超出则以 503 拒绝。</translation>
    </message>
    <message>
        <source>The least important lines to log.</source>
        <translation>要记录的最低级别。</translation>
    </message>
    <message>
        <source>Log lines for people, coloured on a terminal unless NO_COLOR is set, or one JSON object a line.</source>
        <translation>便于阅读的日志行（在终端中显示颜色，除非设置了 NO_COLOR），或每行一个 JSON 对象。</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Upstream</source>
        <translation>上游</translation>
    </message>
    <message>
        <source>Limits and time-outs</source>
        <translation>限制与超时</translation>
    </message>
    <message>
        <source>Browsers</source>
        <translation>浏览器</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
</context>
<context>
    <name>keywheel::EnvFilePanel</name>
    <message>
        <source>Changes are saved at once in %1</source>
        <translation>更改会立即保存到 %1</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>打开文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>The file has mistakes, so the last good settings stay in use:</source>
        <translation>文件中有错误，因此继续使用上一次有效的设置：</translation>
    </message>
</context>
<context>
    <name>keywheel::FirstRunPage</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>As the &amp;base URL, with your access key as the API key:</source>
        <translation>作为 Base URL(&amp;B)，并以您的访问密钥作为 API 密钥：</translation>
    </message>
    <message>
        <source>As the &amp;base URL, with any text as the API key:</source>
        <translation>作为 Base URL(&amp;B)，API 密钥可填任意文本：</translation>
    </message>
    <message>
        <source>Welcome to Keywheel</source>
        <translation>欢迎使用 Keywheel</translation>
    </message>
    <message>
        <source>Keywheel passes the requests of your tools on to an OpenAI-compatible API, each with the next of your API keys. It needs at least one.</source>
        <translation>Keywheel 将您的工具发出的请求转发到兼容 OpenAI 的 API，每次轮换使用您的一个 API 密钥。至少需要一个密钥。</translation>
    </message>
    <message>
        <source>1. Import your API keys</source>
        <translation>1. 导入您的 API 密钥</translation>
    </message>
    <message>
        <source>Paste them, choose a file, or drop one onto this window. You see what was found before anything is kept.</source>
        <translation>粘贴密钥、选择文件，或将文件拖放到此窗口。保存之前，您可以先查看识别到的内容。</translation>
    </message>
    <message>
        <source>&amp;Import keys…</source>
        <translation>导入密钥(&amp;I)…</translation>
    </message>
    <message>
        <source>Just looking?</source>
        <translation>只想看看？</translation>
    </message>
    <message>
        <source>The demo answers your tools itself, with sample keys. It costs nothing, and leaves your own keys and settings alone.</source>
        <translation>演示模式使用示例密钥，自行回答您的工具。它不产生费用，也不会改动您的密钥和设置。</translation>
    </message>
    <message>
        <source>Try the &amp;demo</source>
        <translation>试用演示(&amp;D)</translation>
    </message>
    <message>
        <source>2. Point your tools at Keywheel</source>
        <translation>2. 让您的工具使用 Keywheel</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>Base URL</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
</context>
<context>
    <name>keywheel::KeyPlacePanel</name>
    <message>
        <source>Keep keys in a &amp;file</source>
        <translation>将密钥保存在文件中(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>The file with your keys, %1, cannot be read.</source>
        <translation>无法读取您的密钥文件 %1。</translation>
    </message>
    <message>
        <source>The keychain, where your keys are kept, cannot be used now.</source>
        <translation>保存密钥的密钥环目前无法使用。</translation>
    </message>
    <message>
        <source>Your keys are kept as plain text in %1.</source>
        <translation>您的密钥以明文保存在 %1 中。</translation>
    </message>
    <message>
        <source>Your keys are kept encrypted in the keychain of your desktop.</source>
        <translation>您的密钥加密保存在桌面的密钥环中。</translation>
    </message>
    <message>
        <source>The environment or the command line that started Keywheel decides where keys are kept.</source>
        <translation>密钥的保存位置由启动 Keywheel 时的环境变量或命令行决定。</translation>
    </message>
</context>
<context>
    <name>keywheel::SecretEditor</name>
    <message>
        <source>Set</source>
        <translation>已设置</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>替换…</translation>
    </message>
    <message>
        <source>Set…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Replace: %1</source>
        <translation>替换：%1</translation>
    </message>
    <message>
        <source>Set: %1</source>
        <translation>设置：%1</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Generate: %1</source>
        <translation>生成：%1</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear: %1</source>
        <translation>清除：%1</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>新值</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy it now: once saved, it is not shown again.</source>
        <translation>请立即复制：保存后将不再显示。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Clear the access key?</source>
        <translation>要清除访问密钥吗？</translation>
    </message>
    <message>
        <source>Whoever reaches Keywheel can then use your keys without a password. The value is lost.</source>
        <translation>清除后，任何能连接到 Keywheel 的人都可以直接使用您的密钥。原来的值将无法恢复。</translation>
    </message>
</context>
<context>
    <name>keywheel::SettingEditor</name>
    <message>
        <source>On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Browse for: %1</source>
        <translation>浏览：%1</translation>
    </message>
</context>
<context>
    <name>keywheel::SettingFormRow</name>
    <message>
        <source>%1 Default: %2.</source>
        <translation>%1默认：%2。</translation>
    </message>
    <message>
        <source>Use default</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Use default: %1</source>
        <translation>恢复默认：%1</translation>
    </message>
    <message>
        <source>Takes the setting out of the .env file.</source>
        <translation>从 .env 文件中移除此设置。</translation>
    </message>
    <message>
        <source>Type the user name and password again in place of [redacted].</source>
        <translation>请在 [redacted] 处重新输入用户名和密码。</translation>
    </message>
    <message>
        <source>Not valid. Accepted: %1.</source>
        <translation>无效。可接受：%1。</translation>
    </message>
    <message>
        <source>Not valid: %1. Accepted: %2.</source>
        <translation>无效：%1。可接受：%2。</translation>
    </message>
    <message>
        <source>Locked: the environment variable %1 sets it.</source>
        <translation>已锁定：由环境变量 %1 设置。</translation>
    </message>
    <message>
        <source>Locked: the command line that started Keywheel sets it.</source>
        <translation>已锁定：由启动 Keywheel 的命令行设置。</translation>
    </message>
</context>
<context>
    <name>keywheel::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Window and start</source>
        <translation>窗口与启动</translation>
    </message>
    <message>
        <source>No setting matches “%1”.</source>
        <translation>没有与“%1”匹配的设置。</translation>
    </message>
</context>
<context>
    <name>keywheel::WindowSettings</name>
    <message>
        <source>Start at &amp;login</source>
        <translation>登录时启动(&amp;L)</translation>
    </message>
    <message>
        <source>Keywheel is there as soon as you log in.</source>
        <translation>登录后 Keywheel 即可使用。</translation>
    </message>
    <message>
        <source>Start &amp;minimised</source>
        <translation>启动时最小化(&amp;M)</translation>
    </message>
    <message>
        <source>Only the tray icon shows until you open the window.</source>
        <translation>在您打开窗口之前只显示托盘图标。</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>语言(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Notifications</source>
        <translation>通知(&amp;N)</translation>
    </message>
    <message>
        <source>Tell me when a key is out of use, none is left, or the API does not answer.</source>
        <translation>当密钥停用、没有可用密钥或 API 无响应时通知我。</translation>
    </message>
    <message>
        <source>&amp;Closing the window</source>
        <translation>关闭窗口时(&amp;C)</translation>
    </message>
    <message>
        <source>Where the desktop has no tray.</source>
        <translation>仅适用于没有托盘的桌面。</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Asks</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>Quits Keywheel</source>
        <translation>退出 Keywheel</translation>
    </message>
    <message>
        <source>Minimises it</source>
        <translation>最小化</translation>
    </message>
</context>
</TS>
