<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Blacklist</name>
    <message>
        <source>The upstream does not know this key</source>
        <translation>上游不认识此密钥</translation>
    </message>
    <message>
        <source>Its account is closed or unknown</source>
        <translation>其账户已关闭或不存在</translation>
    </message>
    <message>
        <source>There is a problem with its bills</source>
        <translation>其账单有问题</translation>
    </message>
    <message>
        <source>It lacks a permission</source>
        <translation>缺少权限</translation>
    </message>
    <message>
        <source>You disabled it</source>
        <translation>您已将其禁用</translation>
    </message>
    <message>
        <source>Its quota or its money is used up</source>
        <translation>配额或余额已用尽</translation>
    </message>
    <message>
        <source>It is over its rate limit</source>
        <translation>超出速率限制</translation>
    </message>
    <message>
        <source>The upstream refused it</source>
        <translation>上游拒绝了此密钥</translation>
    </message>
    <message>
        <source>Comes back by itself at %1</source>
        <translation>将于 %1 自动恢复</translation>
    </message>
    <message>
        <source>Stays out until you enable it</source>
        <translation>保持停用，直到您启用它</translation>
    </message>
    <message>
        <source>Checked every %1; back once it passes or you release it</source>
        <translation>每 %1 检查一次；通过检查或移出黑名单后恢复</translation>
    </message>
    <message>
        <source>Stays out until a check passes or you release it</source>
        <translation>保持停用，直到通过检查或您将其移出黑名单</translation>
    </message>
</context>
<context>
    <name>CoreText</name>
    <message>
        <source>invalid key</source>
        <translation>密钥无效</translation>
    </message>
    <message>
        <source>account closed or unknown</source>
        <translation>账户已关闭或不存在</translation>
    </message>
    <message>
        <source>billing problem</source>
        <translation>账单有问题</translation>
    </message>
    <message>
        <source>out of quota</source>
        <translation>额度已用完</translation>
    </message>
    <message>
        <source>not permitted with this key</source>
        <translation>此密钥无权执行该操作</translation>
    </message>
    <message>
        <source>no access to this model with this key</source>
        <translation>此密钥无权使用该模型</translation>
    </message>
    <message>
        <source>model unknown, or no access to it</source>
        <translation>模型不存在或无权使用</translation>
    </message>
    <message>
        <source>the organization or project header does not fit this key</source>
        <translation>组织或项目请求头与此密钥不符</translation>
    </message>
    <message>
        <source>what the request names belongs to another key</source>
        <translation>请求引用的内容属于另一个密钥</translation>
    </message>
    <message>
        <source>the request is larger than this key&apos;s limit</source>
        <translation>请求超过此密钥的上限</translation>
    </message>
    <message>
        <source>content refused</source>
        <translation>内容被拒绝</translation>
    </message>
    <message>
        <source>no key where the API looks for it</source>
        <translation>API 未在预期位置找到密钥</translation>
    </message>
    <message>
        <source>upstream overloaded</source>
        <translation>上游过载</translation>
    </message>
    <message>
        <source>a web page instead of an answer</source>
        <translation>返回的是网页而不是应答</translation>
    </message>
    <message>
        <source>the list of models is open to anybody</source>
        <translation>模型列表对任何人开放</translation>
    </message>
    <message>
        <source>it was answered again</source>
        <translation>它再次得到应答</translation>
    </message>
    <message>
        <source>the base URL has changed</source>
        <translation>基础地址已更改</translation>
    </message>
    <message>
        <source>other keys failed alike, so the upstream is suspected</source>
        <translation>其他密钥也以同样方式失败，因此怀疑是上游的问题</translation>
    </message>
    <message>
        <source>every key is called invalid: the base URL, or the way in which keys are sent, may be wrong</source>
        <translation>每个密钥都被判为无效：基础地址或发送密钥的方式可能有误</translation>
    </message>
    <message>
        <source>rate limit</source>
        <translation>超出速率限制</translation>
    </message>
    <message>
        <source>address or region refused</source>
        <translation>所在地址或地区被拒绝</translation>
    </message>
    <message>
        <source>status %1</source>
        <translation>状态码 %1</translation>
    </message>
    <message>
        <source>error in the stream</source>
        <translation>数据流中出现错误</translation>
    </message>
    <message>
        <source>upstream unreachable</source>
        <translation>无法连接上游</translation>
    </message>
    <message>
        <source>answer is not HTTP</source>
        <translation>应答不是 HTTP</translation>
    </message>
    <message>
        <source>no connection was free in time</source>
        <translation>时限内没有空闲连接</translation>
    </message>
    <message>
        <source>request not taken in time</source>
        <translation>请求未在时限内发出</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>未在时限内应答</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>put back by a reset</source>
        <translation>因重置而恢复使用</translation>
    </message>
    <message>
        <source>put back by a person</source>
        <translation>由用户恢复使用</translation>
    </message>
    <message>
        <source>enabled by a person</source>
        <translation>由用户启用</translation>
    </message>
    <message>
        <source>disabled by a person</source>
        <translation>由用户停用</translation>
    </message>
    <message>
        <source>its cooldown has ended</source>
        <translation>冷却时间已结束</translation>
    </message>
    <message>
        <source>all cooldowns were ended as no key was left</source>
        <translation>因无可用密钥，已结束所有冷却</translation>
    </message>
    <message>
        <source>it passed a check</source>
        <translation>已通过检查</translation>
    </message>
    <message>
        <source>%1 is not valid%2; accepted: %3</source>
        <translation>%1 无效%2；可接受：%3</translation>
    </message>
    <message>
        <source>HOST=%1 without AUTH_KEY lets everyone who reaches this container spend your API keys: set AUTH_KEY, or ALLOW_OPEN=true if all of them may</source>
        <translation>HOST=%1 且未设置 AUTH_KEY 时，任何能访问此容器的人都可以使用您的 API 密钥：请设置 AUTH_KEY；如果允许所有人使用，请设置 ALLOW_OPEN=true</translation>
    </message>
    <message>
        <source>%1 cannot be changed safely: %2 of the .env file; correct that first</source>
        <translation>无法安全地更改 %1：.env 文件%2；请先改正</translation>
    </message>
    <message>
        <source>%1 cannot stand in a .env file with this value</source>
        <translation>%1 的这个值无法写入 .env 文件</translation>
    </message>
    <message>
        <source>There is no setting named %1.</source>
        <translation>没有名为 %1 的设置。</translation>
    </message>
    <message>
        <source>PORT is fixed by the command line; change it there.</source>
        <translation>PORT 由命令行指定；请在那里更改。</translation>
    </message>
    <message>
        <source>%1 is fixed by the %2; change it there.</source>
        <translation>%1 由%2指定；请在那里更改。</translation>
    </message>
    <message>
        <source>UPSTREAM_CA_FILE: cannot read &apos;%1&apos;: %2</source>
        <translation>UPSTREAM_CA_FILE：无法读取“%1”：%2</translation>
    </message>
    <message>
        <source>UPSTREAM_CA_FILE: &apos;%1&apos; holds no PEM certificate</source>
        <translation>UPSTREAM_CA_FILE：“%1”中没有 PEM 证书</translation>
    </message>
    <message>
        <source>%1 (held by %2, process %3)</source>
        <translation>%1（被 %2 占用，进程 %3）</translation>
    </message>
    <message>
        <source>Cannot listen on %1 port %2: %3</source>
        <translation>无法在 %1 的端口 %2 上监听：%3</translation>
    </message>
    <message>
        <source>%1. Or set KEY_STORE=file, to keep the keys in KEYS_FILE as plain text</source>
        <translation>%1。您也可以设置 KEY_STORE=file，将密钥以明文保存在 KEYS_FILE 中</translation>
    </message>
    <message>
        <source>The keychain refused access to Keywheel&apos;s keys (%1): allow it when it asks</source>
        <translation>密钥环拒绝了对 Keywheel 密钥的访问（%1）：请在它询问时允许访问</translation>
    </message>
    <message>
        <source>The keychain does not answer in time: if it asks for a password, give it and try again</source>
        <translation>密钥环未在时限内应答：如果它要求输入密码，请输入后重试</translation>
    </message>
    <message>
        <source>The keychain cannot be used (%1): start a keychain service, such as gnome-keyring, in this session</source>
        <translation>无法使用密钥环（%1）：请在此会话中启动密钥环服务，例如 gnome-keyring</translation>
    </message>
    <message>
        <source>The keychain is locked: unlock it</source>
        <translation>密钥环已锁定：请解锁</translation>
    </message>
    <message>
        <source>The keychain has no keyring yet: make a default keyring, or import keys and give it a password when it asks</source>
        <translation>密钥环服务中还没有密钥环：请新建默认密钥环，或导入密钥并在它询问时设置密码</translation>
    </message>
    <message>
        <source>The keychain shows none of the %1 keys that were stored: unlock it, if it is locked</source>
        <translation>密钥环中看不到已保存的 %1 个密钥：如果它已锁定，请解锁</translation>
    </message>
    <message>
        <source>The keys in the keychain were stored by a newer Keywheel: update this one</source>
        <translation>密钥环中的密钥由较新版本的 Keywheel 保存：请更新当前版本</translation>
    </message>
    <message>
        <source>The keychain does not give back what was stored in it</source>
        <translation>从密钥环中读出的内容与保存的不一致</translation>
    </message>
    <message>
        <source>Nothing can be written in the folder %1</source>
        <translation>无法在文件夹 %1 中写入</translation>
    </message>
    <message>
        <source>Another Keywheel is changing the keys in the keychain: try again when it has finished</source>
        <translation>另一个 Keywheel 正在更改密钥环中的密钥：请在它完成后重试</translation>
    </message>
    <message>
        <source>The index of the keychain, %1, cannot be written: %2</source>
        <translation>无法写入密钥环的索引 %1：%2</translation>
    </message>
    <message>
        <source>The key %1 is too long for the keychain: %2 characters</source>
        <translation>密钥 %1 太长，无法保存到密钥环：%2 个字符</translation>
    </message>
    <message>
        <source>The key file %1 does not exist: create it with one API key a line, or try Keywheel without keys: keywheel --demo</source>
        <translation>密钥文件 %1 不存在：请创建此文件，每行一个 API 密钥；或者不用密钥试用 Keywheel：keywheel --demo</translation>
    </message>
    <message>
        <source>The key file %1 cannot be read: %2</source>
        <translation>无法读取密钥文件 %1：%2</translation>
    </message>
    <message>
        <source>The key file %1 cannot be written: %2</source>
        <translation>无法写入密钥文件 %1：%2</translation>
    </message>
    <message>
        <source>The key %1 cannot be stored: a key has 8 to 512 characters of visible ASCII</source>
        <translation>无法保存密钥 %1：密钥应为 8 到 512 个可见 ASCII 字符</translation>
    </message>
    <message>
        <source>The key file %1 is not a list of one key a line in UTF-8, and Keywheel writes no other form. `keywheel keys import --convert` makes it one and keeps the old file as .bak</source>
        <translation>密钥文件 %1 不是每行一个密钥的 UTF-8 列表，而 Keywheel 不写其他格式。`keywheel keys import --convert` 可将其转换，并把旧文件保留为 .bak</translation>
    </message>
    <message>
        <source>The keys cannot be stored: what stands above them in the file changes their meaning</source>
        <translation>无法保存密钥：文件中位于其上方的内容会改变其含义</translation>
    </message>
    <message>
        <source>Another key store has come into use meanwhile.</source>
        <translation>此间已改用其他密钥存储。</translation>
    </message>
    <message>
        <source>No key has the fingerprint %1.</source>
        <translation>没有指纹为 %1 的密钥。</translation>
    </message>
    <message>
        <source>the network is down</source>
        <translation>网络已断开</translation>
    </message>
    <message>
        <source>the machine has just woken, or its clock was set</source>
        <translation>电脑刚从睡眠中唤醒，或时钟被调整</translation>
    </message>
    <message>
        <source>different keys fail alike: the upstream or this address is suspected</source>
        <translation>不同的密钥以相同方式失败：可能是上游或本机地址的问题</translation>
    </message>
    <message>
        <source>all %1 connections (MAX_SOCKETS) stayed busy</source>
        <translation>全部 %1 个连接（MAX_SOCKETS）一直被占用</translation>
    </message>
    <message>
        <source>the connection ended without an answer</source>
        <translation>连接在没有应答的情况下结束</translation>
    </message>
    <message>
        <source>the answer ended before its Content-Length</source>
        <translation>应答长度不足 Content-Length</translation>
    </message>
    <message>
        <source>: %1</source>
        <translation>：%1</translation>
    </message>
    <message>
        <source>(%1) %2</source>
        <translation>（%1）%2</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>entry %1 of the list is no origin</source>
        <translation>列表的第 %1 项不是来源</translation>
    </message>
    <message>
        <source>it is Keywheel itself (HOST=%1, PORT=%2)</source>
        <translation>这是 Keywheel 自身（HOST=%1，PORT=%2）</translation>
    </message>
    <message>
        <source>it cannot be read: %1</source>
        <translation>无法读取：%1</translation>
    </message>
    <message>
        <source>it is larger than 64 MiB</source>
        <translation>大于 64 MiB</translation>
    </message>
    <message>
        <source>is not of the form NAME=value</source>
        <translation>不是 NAME=value 的形式</translation>
    </message>
    <message>
        <source>has no closing quote</source>
        <translation>缺少结尾的引号</translation>
    </message>
    <message>
        <source>has text after the closing quote</source>
        <translation>在结尾的引号之后还有文字</translation>
    </message>
    <message>
        <source>puts in more than 1000000 characters of other variables</source>
        <translation>引用了其他变量中超过 1000000 个字符</translation>
    </message>
    <message>
        <source>line %1 %2</source>
        <translation>第 %1 行%2</translation>
    </message>
    <message>
        <source>%1, line %2 %3</source>
        <translation>%1，第 %2 行%3</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>could not hand the request over in time</source>
        <translation>请求未能在时限内发出</translation>
    </message>
    <message>
        <source>the proxy of the environment cannot be used: %1 is not http://host:port or socks5://host:port</source>
        <translation>无法使用环境变量中的代理：%1 不是 http://主机:端口 或 socks5://主机:端口</translation>
    </message>
    <message>
        <source>OPENAI_BASE_URL leads back to Keywheel itself</source>
        <translation>OPENAI_BASE_URL 指向了 Keywheel 自身</translation>
    </message>
    <message>
        <source>there is no memory for the answer</source>
        <translation>内存不足，无法接收应答</translation>
    </message>
    <message>
        <source>the response head exceeds %1 bytes</source>
        <translation>应答头超过 %1 字节</translation>
    </message>
    <message>
        <source>the upstream switched protocols, which was not asked for</source>
        <translation>上游擅自切换了协议</translation>
    </message>
    <message>
        <source>the upstream&apos;s answer does not begin with an HTTP/1.x status line</source>
        <translation>上游的应答不以 HTTP/1.x 状态行开头</translation>
    </message>
    <message>
        <source>the upstream used a Transfer-Encoding other than chunked</source>
        <translation>上游使用了 chunked 以外的 Transfer-Encoding</translation>
    </message>
    <message>
        <source>the response has Content-Length and Transfer-Encoding</source>
        <translation>应答同时带有 Content-Length 和 Transfer-Encoding</translation>
    </message>
    <message>
        <source>the upstream&apos;s chunked coding is broken</source>
        <translation>上游的 chunked 编码有误</translation>
    </message>
    <message>
        <source>the upstream closed the connection in the middle of its answer</source>
        <translation>上游在应答中途关闭了连接</translation>
    </message>
    <message>
        <source>the upstream closed the connection within a response head</source>
        <translation>上游在发送应答头时关闭了连接</translation>
    </message>
    <message>
        <source>the upstream closed the connection without an answer</source>
        <translation>上游未应答就关闭了连接</translation>
    </message>
    <message>
        <source>%1 (%2) is not valid%3; accepted: %4</source>
        <translation>%1（%2）无效%3；可接受：%4</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>it ends in an endpoint; the base URL is %1</source>
        <translation>它以具体接口结尾；基础地址应为 %1</translation>
    </message>
</context>
<context>
    <name>ImportReader</name>
    <message>
        <source>The text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>%1 is larger than 16 MB and hardly a list of keys.</source>
        <translation>%1 超过 16 MB，不像是密钥列表。</translation>
    </message>
    <message>
        <source>No key was found in: %1</source>
        <translation>未找到密钥：%1</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
</context>
<context>
    <name>ImportRemark</name>
    <message>
        <source>it holds a space or a character that is not plain ASCII</source>
        <translation>包含空格或非 ASCII 字符</translation>
    </message>
    <message>
        <source>a key has %1 to %2 characters, not %3</source>
        <translation>密钥应有 %1 至 %2 个字符，此处为 %3 个</translation>
    </message>
    <message>
        <source>it holds other characters than letters, digits, - _ and .</source>
        <translation>包含字母、数字、- _ 和 . 以外的字符</translation>
    </message>
    <message>
        <source>it has only %1 characters</source>
        <translation>只有 %1 个字符</translation>
    </message>
    <message>
        <source>it holds no digit</source>
        <translation>不含数字</translation>
    </message>
    <message>
        <source>it repeats the key of line %1</source>
        <translation>与第 %1 行的密钥重复</translation>
    </message>
    <message>
        <source>it sets a variable that is not named KEY, API_KEY or OPENAI_API_KEY, perhaps with a number</source>
        <translation>设置的变量名不是 KEY、API_KEY 或 OPENAI_API_KEY（可带数字）</translation>
    </message>
    <message>
        <source>it names a key and holds none</source>
        <translation>写有密钥名称，但没有密钥</translation>
    </message>
    <message>
        <source>its column of the key is empty</source>
        <translation>密钥列为空</translation>
    </message>
    <message>
        <source>it begins as JSON and is none</source>
        <translation>开头像 JSON，但不是 JSON</translation>
    </message>
</context>
<context>
    <name>KeyState</name>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Cooling down</source>
        <translation>冷却中</translation>
    </message>
    <message>
        <source>No quota</source>
        <translation>无配额</translation>
    </message>
    <message>
        <source>Out of use</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>已禁用</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
</context>
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
    <message>
        <source>The access key is easily guessed</source>
        <translation>访问密钥容易被猜中</translation>
    </message>
    <message>
        <source>AUTH_KEY has fewer than 16 characters. Take a long random one.</source>
        <translation>AUTH_KEY 不足 16 个字符。请改用较长的随机密钥。</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>QSslSocket</name>
    <message>
        <source>The TLS/SSL connection has been closed</source>
        <translation>TLS/SSL 连接已关闭</translation>
    </message>
</context>
<context>
    <name>RequestExport</name>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
</context>
<context>
    <name>RequestText</name>
    <message>
        <source>OK</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>已创建</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>已移动</translation>
    </message>
    <message>
        <source>Not changed</source>
        <translation>未更改</translation>
    </message>
    <message>
        <source>Bad request</source>
        <translation>请求有误</translation>
    </message>
    <message>
        <source>Key not accepted</source>
        <translation>密钥未被接受</translation>
    </message>
    <message>
        <source>Payment needed</source>
        <translation>需要付费</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>不允许</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Method not allowed</source>
        <translation>不允许的方法</translation>
    </message>
    <message>
        <source>Timed out</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>Format not accepted</source>
        <translation>格式不被接受</translation>
    </message>
    <message>
        <source>Content not accepted</source>
        <translation>内容不被接受</translation>
    </message>
    <message>
        <source>Too many requests</source>
        <translation>请求过多</translation>
    </message>
    <message>
        <source>Server error</source>
        <translation>服务器错误</translation>
    </message>
    <message>
        <source>Service not reached</source>
        <translation>无法连接服务</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>未及时响应</translation>
    </message>
    <message>
        <source>The answer was passed on.</source>
        <translation>已转发响应。</translation>
    </message>
    <message>
        <source>The service does not accept this key; it was set aside.</source>
        <translation>服务不接受此密钥，已将其搁置。</translation>
    </message>
    <message>
        <source>This key has no quota left; it was set aside.</source>
        <translation>此密钥没有剩余配额，已将其搁置。</translation>
    </message>
    <message>
        <source>This key is over its limit for now.</source>
        <translation>此密钥暂时超出限制。</translation>
    </message>
    <message>
        <source>This key may not be used for this request; it stays available.</source>
        <translation>此密钥不能用于该请求；它仍可用。</translation>
    </message>
    <message>
        <source>Its quota was used up; now and then one request tries it again.</source>
        <translation>它的额度已用完；每隔一段时间由一个请求再试一次。</translation>
    </message>
    <message>
        <source>The service or the network failed; not the fault of this key.</source>
        <translation>服务或网络出现故障，与此密钥无关。</translation>
    </message>
    <message>
        <source>The service did not accept the request itself; its answer was passed on.</source>
        <translation>服务不接受请求本身，已转发其响应。</translation>
    </message>
    <message>
        <source>It was ended before an answer was complete.</source>
        <translation>在响应完成之前已结束。</translation>
    </message>
    <message>
        <source>Client left</source>
        <translation>客户端已断开</translation>
    </message>
    <message>
        <source>Broken off</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Ended early</source>
        <translation>提前结束</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无响应</translation>
    </message>
    <message>
        <source>No further key was tried.</source>
        <translation>未再尝试其他密钥。</translation>
    </message>
    <message>
        <source>After a short pause the next key was tried.</source>
        <translation>短暂停顿后尝试了下一个密钥。</translation>
    </message>
    <message>
        <source>The next key was tried at once.</source>
        <translation>立即尝试了下一个密钥。</translation>
    </message>
    <message>
        <source>It made what the request refers to.</source>
        <translation>请求引用的内容由此密钥创建。</translation>
    </message>
    <message>
        <source>It was the next in turn.</source>
        <translation>轮到此密钥。</translation>
    </message>
    <message>
        <source>It had been used least.</source>
        <translation>此密钥使用最少。</translation>
    </message>
    <message>
        <source>It was the first usable one.</source>
        <translation>这是第一个可用的密钥。</translation>
    </message>
    <message>
        <source>It was the next in turn; no limits were known.</source>
        <translation>轮到此密钥；尚不了解任何限制。</translation>
    </message>
    <message>
        <source>It had most left of its limits.</source>
        <translation>此密钥的剩余额度最多。</translation>
    </message>
    <message>
        <source>Keys of an organisation over its limit were passed over.</source>
        <translation>已跳过超出限制的组织的密钥。</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
</context>
<context>
    <name>ServiceState</name>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>No API keys yet</source>
        <translation>还没有 API 密钥</translation>
    </message>
    <message>
        <source>No API key is left</source>
        <translation>没有可用的 API 密钥了</translation>
    </message>
    <message>
        <source>Running; some keys are set aside</source>
        <translation>正在运行；部分密钥已搁置</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>%L1 of %L2 keys usable</source>
        <translation>%L1 个密钥可用，共 %L2 个</translation>
    </message>
    <message>
        <source>%L1 requests/min</source>
        <translation>%L1 个请求/分钟</translation>
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
        <source>system, none, http://host:port or socks5://host:port (socks5h and socks too), with user:pass@ before the host if need be</source>
        <translation>system、none、http://主机:端口 或 socks5://主机:端口（也可写 socks5h 或 socks），必要时主机前可加 用户:密码@</translation>
    </message>
    <message>
        <source>The proxy on the way to the API; system is what http_proxy, https_proxy, ALL_PROXY and NO_PROXY say, else the desktop&apos;s.</source>
        <translation>连接 API 时使用的代理；system 指环境变量 http_proxy、https_proxy、ALL_PROXY 和 NO_PROXY 所指定的代理，否则为桌面的代理。</translation>
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
    <message>
        <source>In a container only (KEYWHEEL_CONTAINER=1): start without AUTH_KEY on an address that is not loopback.</source>
        <translation>仅限容器中（KEYWHEEL_CONTAINER=1）：在非本机回环地址上，不设置 AUTH_KEY 也可启动。</translation>
    </message>
    <message>
        <source>Open container</source>
        <translation>开放容器</translation>
    </message>
    <message>
        <source>The API keys, one a line, with # comments, or in another form that keys import reads; a relative path starts at the working directory, on the desktop beside its .env file.</source>
        <translation>API 密钥，每行一个，可用 # 注释，也可为 keys import 能读取的其他格式；相对路径以工作目录为起点，在桌面上则以其 .env 文件所在的文件夹为起点。</translation>
    </message>
    <message>
        <source>Address to listen on (localhost: 127.0.0.1 and ::1); one that is not loopback lets your network spend your keys, so set AUTH_KEY with it.</source>
        <translation>监听的地址（localhost 表示 127.0.0.1 和 ::1）。若不是本机回环地址，您所在网络中的其他人也能消耗您的密钥，请同时设置 AUTH_KEY。</translation>
    </message>
    <message>
        <source>printable ASCII, better 16 characters or more, no space at either end</source>
        <translation>可打印 ASCII 字符，建议至少 16 个，首尾不能是空格</translation>
    </message>
    <message>
        <source>The API to forward to; its path is put before that of a request, and with a version of its own (/v1, /v1beta/openai) in the place of /v1.</source>
        <translation>请求转发到的 API；其路径会加在请求路径之前，若自带版本号（如 /v1、/v1beta/openai），则取代请求中的 /v1。</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Environment variables (sh)</source>
        <translation>环境变量（sh）</translation>
    </message>
    <message>
        <source>In ~/.profile, or in the terminal where the tool is started</source>
        <translation>在 ~/.profile 中，或在启动该工具的终端中</translation>
    </message>
    <message>
        <source>Most tools and libraries for OpenAI read these variables.</source>
        <translation>大多数用于 OpenAI 的工具和库会读取这些变量。</translation>
    </message>
    <message>
        <source>Environment variables (PowerShell)</source>
        <translation>环境变量（PowerShell）</translation>
    </message>
    <message>
        <source>In the file that $PROFILE names, or in the window where the tool is started</source>
        <translation>在 $PROFILE 所指的文件中，或在启动该工具的窗口中</translation>
    </message>
    <message>
        <source>curl</source>
        <translation>curl</translation>
    </message>
    <message>
        <source>In a terminal</source>
        <translation>在终端中</translation>
    </message>
    <message>
        <source>OpenAI for Python</source>
        <translation>OpenAI（Python）</translation>
    </message>
    <message>
        <source>In a program; needs: pip install openai</source>
        <translation>在程序中；需要：pip install openai</translation>
    </message>
    <message>
        <source>OpenAI for Node.js</source>
        <translation>OpenAI（Node.js）</translation>
    </message>
    <message>
        <source>In a program; needs: npm install openai</source>
        <translation>在程序中；需要：npm install openai</translation>
    </message>
    <message>
        <source>aider</source>
        <translation>aider</translation>
    </message>
    <message>
        <source>In .aider.conf.yml in the project or the home folder</source>
        <translation>在项目文件夹或主文件夹的 .aider.conf.yml 中</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>In ~/.continue/config.yaml</source>
        <translation>在 ~/.continue/config.yaml 中</translation>
    </message>
    <message>
        <source>Cline</source>
        <translation>Cline</translation>
    </message>
    <message>
        <source>In the settings of Cline (the gear)</source>
        <translation>在 Cline 的设置中（齿轮图标）</translation>
    </message>
    <message>
        <source>Open WebUI</source>
        <translation>Open WebUI</translation>
    </message>
    <message>
        <source>In the terminal where it is started for the first time</source>
        <translation>在首次启动该工具的终端中</translation>
    </message>
    <message>
        <source>Later: Admin Settings, Connections, OpenAI. In Docker it reaches Keywheel with --network=host.</source>
        <translation>以后：Admin Settings &gt; Connections &gt; OpenAI。在 Docker 中，需使用 --network=host 才能连接 Keywheel。</translation>
    </message>
    <message>
        <source>Zed</source>
        <translation>Zed</translation>
    </message>
    <message>
        <source>In settings.json of Zed</source>
        <translation>在 Zed 的 settings.json 中</translation>
    </message>
    <message>
        <source>Then enter %KEY% as the API key in Zed&apos;s settings, LLM Providers.</source>
        <translation>然后在 Zed 设置的 LLM Providers 中输入 %KEY% 作为 API 密钥。</translation>
    </message>
    <message>
        <source>JetBrains AI Assistant</source>
        <translation>JetBrains AI Assistant</translation>
    </message>
    <message>
        <source>In Settings, Tools, AI Assistant, Providers &amp; API keys, Third-party AI providers</source>
        <translation>在 Settings &gt; Tools &gt; AI Assistant &gt; Providers &amp; API keys &gt; Third-party AI providers 中</translation>
    </message>
    <message>
        <source>Then click Test Connection, and choose a model.</source>
        <translation>然后点击 Test Connection，并选择一个模型。</translation>
    </message>
    <message>
        <source>VS Code (Copilot, own key)</source>
        <translation>VS Code（Copilot，自有密钥）</translation>
    </message>
    <message>
        <source>Command “Chat: Manage Language Models”, Add Models, Custom Endpoint; in chatLanguageModels.json</source>
        <translation>命令“Chat: Manage Language Models” &gt; Add Models &gt; Custom Endpoint；写入 chatLanguageModels.json</translation>
    </message>
    <message>
        <source>When VS Code asks for the API key, enter %KEY%.</source>
        <translation>VS Code 询问 API 密钥时，请输入 %KEY%。</translation>
    </message>
    <message>
        <source>Codex CLI</source>
        <translation>Codex CLI</translation>
    </message>
    <message>
        <source>In ~/.codex/config.toml</source>
        <translation>在 ~/.codex/config.toml 中</translation>
    </message>
    <message>
        <source>Codex uses the Responses API: the service behind Keywheel must have it.</source>
        <translation>Codex 使用 Responses API：Keywheel 连接的服务必须支持它。</translation>
    </message>
    <message>
        <source>LangChain</source>
        <translation>LangChain</translation>
    </message>
    <message>
        <source>In a program; needs: pip install langchain-openai</source>
        <translation>在程序中；需要：pip install langchain-openai</translation>
    </message>
    <message>
        <source>LiteLLM</source>
        <translation>LiteLLM</translation>
    </message>
    <message>
        <source>In config.yaml of the LiteLLM proxy</source>
        <translation>在 LiteLLM 代理的 config.yaml 中</translation>
    </message>
</context>
<context>
    <name>keywheel::AppActions</name>
    <message>
        <source>&amp;Copy base URL</source>
        <translation>复制 Base URL(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Import keys…</source>
        <translation>导入密钥(&amp;I)…</translation>
    </message>
    <message>
        <source>Import from clip&amp;board…</source>
        <translation>从剪贴板导入(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Reset blacklist</source>
        <translation>重置黑名单(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Open Keywheel</source>
        <translation>打开 Keywheel(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Settings</source>
        <translation>设置(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>S&amp;tart</source>
        <translation>启动(&amp;T)</translation>
    </message>
</context>
<context>
    <name>keywheel::AttemptList</name>
    <message>
        <source>No key was used: Keywheel answered by itself.</source>
        <translation>未使用密钥：Keywheel 自行作出了响应。</translation>
    </message>
    <message>
        <source>%1. %2: %3</source>
        <translation>%1. %2：%3</translation>
    </message>
    <message>
        <source>The answer: %1</source>
        <translation>响应：%1</translation>
    </message>
</context>
<context>
    <name>keywheel::AttentionList</name>
    <message>
        <source>Needs your attention</source>
        <translation>需要您处理</translation>
    </message>
    <message>
        <source>Show &amp;fewer</source>
        <translation>收起(&amp;F)</translation>
    </message>
    <message>
        <source>Show &amp;all %1</source>
        <translation>显示全部 %1 条(&amp;A)</translation>
    </message>
</context>
<context>
    <name>keywheel::Autostart</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>%1 cannot be removed: %2</source>
        <translation>无法删除 %1：%2</translation>
    </message>
</context>
<context>
    <name>keywheel::BlacklistModel</name>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Back in</source>
        <translation>距恢复</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>The upstream said</source>
        <translation>上游消息</translation>
    </message>
    <message>
        <source>What happens next</source>
        <translation>后续处理</translation>
    </message>
</context>
<context>
    <name>keywheel::BlacklistPage</name>
    <message>
        <source>Blacklist</source>
        <translation>黑名单</translation>
    </message>
    <message>
        <source>These keys get no requests for now.</source>
        <translation>这些密钥暂时不接收请求。</translation>
    </message>
    <message>
        <source>Keys that are not in use</source>
        <translation>未在使用的密钥</translation>
    </message>
    <message>
        <source>&amp;Release</source>
        <translation>移出(&amp;R)</translation>
    </message>
    <message>
        <source>Use the selected keys again at once</source>
        <translation>立即重新使用所选密钥</translation>
    </message>
    <message>
        <source>&amp;Enable</source>
        <translation>启用(&amp;E)</translation>
    </message>
    <message>
        <source>Use the selected keys again that you disabled</source>
        <translation>重新使用您禁用的所选密钥</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>检查(&amp;C)</translation>
    </message>
    <message>
        <source>Ask the upstream, for free, whether the selected keys are good</source>
        <translation>免费向上游查询所选密钥是否有效</translation>
    </message>
    <message>
        <source>Release &amp;all…</source>
        <translation>全部移出(&amp;A)…</translation>
    </message>
    <message>
        <source>There are no keys yet.</source>
        <translation>还没有密钥。</translation>
    </message>
    <message>
        <source>All keys are in use.</source>
        <translation>所有密钥都在使用中。</translation>
    </message>
    <message>
        <source>That key is in use again, or was removed.</source>
        <translation>该密钥已恢复使用，或已被移除。</translation>
    </message>
    <message>
        <source>Select a key to see all about it.</source>
        <translation>选择一个密钥可查看其详细信息。</translation>
    </message>
    <message>
        <source>%1 keys are selected.</source>
        <translation>已选择 %1 个密钥。</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>The upstream said: %1</source>
        <translation>上游消息：%1</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) released.</source>
        <translation>
            <numerusform>已将 %n 个密钥移出黑名单。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) enabled.</source>
        <translation>
            <numerusform>已启用 %n 个密钥。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Checking %n key(s)…</source>
        <translation>
            <numerusform>正在检查 %n 个密钥…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) good</source>
        <translation>
            <numerusform>%n 个密钥有效</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) still refused</source>
        <translation>
            <numerusform>%n 个密钥仍被拒绝</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) over a limit</source>
        <translation>
            <numerusform>%n 个密钥超出限制</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) could not be checked</source>
        <translation>
            <numerusform>%n 个密钥无法检查</numerusform>
        </translation>
    </message>
    <message>
        <source>Checked: %1.</source>
        <translation>检查结果：%1。</translation>
    </message>
    <message>
        <source>Release all keys</source>
        <translation>移出所有密钥</translation>
    </message>
    <message>
        <source>Release all keys of the blacklist?</source>
        <translation>要将所有密钥移出黑名单吗？</translation>
    </message>
    <message>
        <source>Keys that the upstream refused are tried again too. Keys that you disabled stay so.</source>
        <translation>上游拒绝的密钥也会重新尝试。您禁用的密钥保持不变。</translation>
    </message>
    <message>
        <source>&amp;Release all</source>
        <translation>全部移出(&amp;R)</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>keywheel::ConnectPage</name>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>AUTH_KEY is set: put its value where it says %1.</source>
        <translation>已设置 AUTH_KEY：请将标有 %1 的地方替换为它的值。</translation>
    </message>
    <message>
        <source>Tools need no key of their own: Keywheel adds one of yours. Where a tool insists on an API key, any text will do.</source>
        <translation>工具无需自己的密钥：Keywheel 会加上您的一个密钥。如果工具要求填写 API 密钥，任意文本均可。</translation>
    </message>
    <message>
        <source>Settings for %1</source>
        <translation>%1 的设置</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Documentation of %1</source>
        <translation>%1 的文档</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy &amp;URL</source>
        <translation>复制 URL(&amp;U)</translation>
    </message>
    <message>
        <source>C&amp;opy</source>
        <translation>复制(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Base URL:</source>
        <translation>Base URL(&amp;B)：</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>keywheel::DBusNotifications</name>
    <message>
        <source>Open Keywheel</source>
        <translation>打开 Keywheel</translation>
    </message>
</context>
<context>
    <name>keywheel::Desktop</name>
    <message>
        <source>Keywheel goes on in the tray</source>
        <translation>Keywheel 将在托盘中继续运行</translation>
    </message>
    <message>
        <source>Click its icon to open the window again, or choose Quit in its menu to end it.</source>
        <translation>点击其图标可重新打开窗口；要结束运行，请在其菜单中选择“退出”。</translation>
    </message>
    <message>
        <source>Close Keywheel</source>
        <translation>关闭 Keywheel</translation>
    </message>
    <message>
        <source>Should Keywheel go on while its window is closed?</source>
        <translation>关闭窗口后，Keywheel 是否继续运行？</translation>
    </message>
    <message>
        <source>There is no tray here to close it to. Your tools can use Keywheel only while it runs. You can change your answer in the settings.</source>
        <translation>此桌面没有可供收起窗口的托盘。只有 Keywheel 在运行，您的工具才能使用它。您可以在设置中更改此选择。</translation>
    </message>
    <message>
        <source>&amp;Minimise</source>
        <translation>最小化(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Keywheel</source>
        <translation>Keywheel</translation>
    </message>
</context>
<context>
    <name>keywheel::DropOverlay</name>
    <message>
        <source>Drop here to import keys</source>
        <translation>拖放到此处以导入密钥</translation>
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
    <name>keywheel::ImportDialog</name>
    <message>
        <source>Import keys</source>
        <translation>导入密钥</translation>
    </message>
    <message>
        <source>&amp;Paste your API keys, or any text or table that holds them. You can also drop files here.</source>
        <translation>粘贴您的 API 密钥，或任何包含密钥的文本或表格(&amp;P)。也可以将文件拖放到此处。</translation>
    </message>
    <message>
        <source>Keys that you paste are listed below, not shown here.</source>
        <translation>粘贴的密钥会列在下方，不在此处显示。</translation>
    </message>
    <message>
        <source>Keys to import</source>
        <translation>要导入的密钥</translation>
    </message>
    <message>
        <source>&amp;Add to list</source>
        <translation>添加到列表(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Open file…</source>
        <translation>打开文件(&amp;O)…</translation>
    </message>
    <message>
        <source>Found keys</source>
        <translation>找到的密钥</translation>
    </message>
    <message>
        <source>Import progress</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message numerus="yes">
        <source>%n new key(s)</source>
        <translation>
            <numerusform>%n 个新密钥</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already there</source>
        <translation>
            <numerusform>%n 个已存在</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repeated</source>
        <translation>
            <numerusform>%n 个重复</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not taken</source>
        <translation>
            <numerusform>%n 个未采用</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Open files with keys</source>
        <translation>打开包含密钥的文件</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) added.</source>
        <translation>
            <numerusform>已添加 %n 个密钥。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already there.</source>
        <translation>
            <numerusform>%n 个已存在。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not taken.</source>
        <translation>
            <numerusform>%n 个未采用。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not imported yet.</source>
        <translation>
            <numerusform>%n 个尚未导入。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %n key(s)</source>
        <translation>
            <numerusform>导入 %n 个密钥(&amp;I)</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>导入(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>There is no text to take keys from.</source>
        <translation>没有可以从中提取密钥的文本。</translation>
    </message>
    <message>
        <source>Keys are being imported. Try again when that is done.</source>
        <translation>正在导入密钥。请您在导入完成后重试。</translation>
    </message>
    <message>
        <source>What you typed is in the list now. Press Import again to store it.</source>
        <translation>您输入的内容现在已加入列表。请您再次按“导入”来保存。</translation>
    </message>
</context>
<context>
    <name>keywheel::ImportModel</name>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Found in</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>未采用</translation>
    </message>
    <message>
        <source>New, unusual</source>
        <translation>新增，不常见</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Already there</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>Repeated</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
</context>
<context>
    <name>keywheel::KeyActions</name>
    <message>
        <source>&amp;Check</source>
        <translation>检查(&amp;C)</translation>
    </message>
    <message>
        <source>Ask the service whether the selected keys are good. Costs nothing.</source>
        <translation>向服务查询所选密钥是否有效。不产生费用。</translation>
    </message>
    <message>
        <source>&amp;Enable</source>
        <translation>启用(&amp;E)</translation>
    </message>
    <message>
        <source>Use the selected keys again</source>
        <translation>重新使用所选密钥</translation>
    </message>
    <message>
        <source>&amp;Disable</source>
        <translation>禁用(&amp;D)</translation>
    </message>
    <message>
        <source>Do not use the selected keys until they are enabled</source>
        <translation>在重新启用之前不使用所选密钥</translation>
    </message>
    <message>
        <source>Re&amp;lease</source>
        <translation>移出黑名单(&amp;L)</translation>
    </message>
    <message>
        <source>Take the selected keys off the blacklist</source>
        <translation>将所选密钥移出黑名单</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>移除(&amp;M)</translation>
    </message>
    <message>
        <source>Remove the selected keys. This can be undone for 10 seconds.</source>
        <translation>移除所选密钥。10 秒内可以撤消。</translation>
    </message>
    <message>
        <source>Take all keys off the blacklist. Disabled keys stay disabled.</source>
        <translation>将所有密钥移出黑名单。已禁用的密钥保持禁用。</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) checked, %1 of them good.</source>
        <translation>
            <numerusform>已检查 %n 个密钥，其中 %1 个有效。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) taken off the blacklist.</source>
        <translation>
            <numerusform>已将 %n 个密钥移出黑名单。</numerusform>
        </translation>
    </message>
    <message>
        <source>Edit la&amp;bel</source>
        <translation>编辑标签(&amp;B)</translation>
    </message>
    <message>
        <source>Re&amp;set all</source>
        <translation>全部重置(&amp;S)</translation>
    </message>
</context>
<context>
    <name>keywheel::KeyHealthCard</name>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Show &amp;blacklist</source>
        <translation>显示黑名单(&amp;B)</translation>
    </message>
    <message>
        <source>%1 healthy</source>
        <translation>%1 个正常</translation>
    </message>
    <message>
        <source>%1 cooling down</source>
        <translation>%1 个冷却中</translation>
    </message>
    <message>
        <source>%1 out of use</source>
        <translation>%1 个已停用</translation>
    </message>
    <message>
        <source>%1 disabled</source>
        <translation>%1 个已禁用</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1 个</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
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
    <name>keywheel::KeyTableModel</name>
    <message>
        <source>Part of the successes of all keys</source>
        <translation>占所有密钥成功次数的比例</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Back in</source>
        <translation>距恢复</translation>
    </message>
    <message>
        <source>Successes</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>组织</translation>
    </message>
    <message>
        <source>Last check</source>
        <translation>上次检查</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从未</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n keys share its limits)</source>
        <translation>
            <numerusform>%1（%n 个密钥共享其限制）</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>无效</translation>
    </message>
    <message>
        <source>Over a limit</source>
        <translation>超出限制</translation>
    </message>
    <message>
        <source>Could not be checked</source>
        <translation>无法检查</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message numerus="yes">
        <source>%n keys belong to this organization. They share its limits: when one is over a limit, the others are too.</source>
        <translation>
            <numerusform>%n 个密钥属于此组织，并共享其限制：其中一个超出限制时，其他密钥也会超出。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keywheel::KeysPage</name>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>Sea&amp;rch:</source>
        <translation>搜索(&amp;R)：</translation>
    </message>
    <message>
        <source>Label, key or organization</source>
        <translation>标签、密钥或组织</translation>
    </message>
    <message>
        <source>Search keys</source>
        <translation>搜索密钥</translation>
    </message>
    <message>
        <source>Sho&amp;w:</source>
        <translation>显示(&amp;W)：</translation>
    </message>
    <message>
        <source>States to show</source>
        <translation>要显示的状态</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>所有状态</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Cooling down</source>
        <translation>冷却中</translation>
    </message>
    <message>
        <source>No quota</source>
        <translation>无配额</translation>
    </message>
    <message>
        <source>Out of use</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>已禁用</translation>
    </message>
    <message>
        <source>No keys yet</source>
        <translation>还没有密钥</translation>
    </message>
    <message>
        <source>Paste your API keys, open a file that holds them, or drop it on this window.</source>
        <translation>粘贴您的 API 密钥、打开包含密钥的文件，或将文件拖放到此窗口。</translation>
    </message>
    <message>
        <source>Im&amp;port keys…</source>
        <translation>导入密钥(&amp;P)…</translation>
    </message>
    <message>
        <source>No key matches</source>
        <translation>没有匹配的密钥</translation>
    </message>
    <message>
        <source>There are keys, but none for this search and these states.</source>
        <translation>有密钥，但没有符合此搜索和这些状态的密钥。</translation>
    </message>
    <message>
        <source>Show &amp;all keys</source>
        <translation>显示所有密钥(&amp;A)</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) removed.</source>
        <translation>
            <numerusform>已移除 %n 个密钥。</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” removed.</source>
        <translation>已移除“%1”。</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left to undo.</source>
        <translation>
            <numerusform>还可在 %n 秒内撤消。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤消(&amp;U)</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n 个密钥</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n key(s)</source>
        <translation>
            <numerusform>%1 个（共 %n 个密钥）</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 selected</source>
        <translation>%1，已选择 %2 个</translation>
    </message>
</context>
<context>
    <name>keywheel::MainWindow</name>
    <message>
        <source>Keywheel (demo)</source>
        <translation>Keywheel（演示）</translation>
    </message>
    <message>
        <source>Keywheel</source>
        <translation>Keywheel</translation>
    </message>
    <message>
        <source>Demo: the answers are made up, and none of your keys is used.</source>
        <translation>演示：响应是虚构的，不会使用您的任何密钥。</translation>
    </message>
    <message>
        <source>E&amp;nd demo</source>
        <translation>结束演示(&amp;N)</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>&amp;Keywheel</source>
        <translation>Keywheel(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Close &amp;window</source>
        <translation>关闭窗口(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;About Keywheel</source>
        <translation>关于 Keywheel(&amp;A)</translation>
    </message>
    <message>
        <source>About Keywheel</source>
        <translation>关于 Keywheel</translation>
    </message>
    <message>
        <source>A local proxy that rotates your API keys for OpenAI-compatible services.
Free software under the GNU General Public License, version 3 or later.</source>
        <translation>为兼容 OpenAI 的服务轮换 API 密钥的本地代理。
自由软件，采用 GNU 通用公共许可证第 3 版或更高版本。</translation>
    </message>
</context>
<context>
    <name>keywheel::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>keywheel::NoticeRow</name>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>忽略</translation>
    </message>
</context>
<context>
    <name>keywheel::Notifier</name>
    <message>
        <source>The upstream answers again</source>
        <translation>上游已恢复响应</translation>
    </message>
    <message>
        <source>%L1 API keys are out of use</source>
        <translation>%L1 个 API 密钥已停用</translation>
    </message>
    <message>
        <source>Demo: %1</source>
        <translation>演示：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>keywheel::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>每分钟请求数</translation>
    </message>
    <message>
        <source>Success rate</source>
        <translation>成功率</translation>
    </message>
    <message>
        <source>Active now</source>
        <translation>当前活动</translation>
    </message>
    <message>
        <source>Time to first byte</source>
        <translation>首字节时间</translation>
    </message>
    <message>
        <source>Sho&amp;w how</source>
        <translation>显示方法(&amp;W)</translation>
    </message>
    <message>
        <source>No requests yet.
Point your tools at %1 and they show up here.</source>
        <translation>还没有请求。
让您的工具使用 %1，请求就会显示在此处。</translation>
    </message>
    <message>
        <source>in the last 5 minutes</source>
        <translation>最近 5 分钟</translation>
    </message>
    <message>
        <source>no requests in the last 5 minutes</source>
        <translation>最近 5 分钟没有请求</translation>
    </message>
    <message>
        <source>%1 since the start</source>
        <translation>启动以来：%1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>requests under way</source>
        <translation>正在处理的请求</translation>
    </message>
    <message>
        <source>p50; p95: %1</source>
        <translation>p50；p95：%1</translation>
    </message>
</context>
<context>
    <name>keywheel::PortalAutostart</name>
    <message>
        <source>The desktop cannot be asked: %1</source>
        <translation>无法询问桌面环境：%1</translation>
    </message>
    <message>
        <source>The desktop did not allow it.</source>
        <translation>桌面环境未允许。</translation>
    </message>
    <message>
        <source>Keywheel forwards the requests of your tools as soon as you log in.</source>
        <translation>登录后，Keywheel 即可转发您的工具的请求。</translation>
    </message>
</context>
<context>
    <name>keywheel::RequestDetail</name>
    <message>
        <source>Details of the request</source>
        <translation>请求详情</translation>
    </message>
    <message>
        <source>Copy as &amp;JSON</source>
        <translation>复制为 JSON(&amp;J)</translation>
    </message>
    <message>
        <source>Close &amp;details</source>
        <translation>关闭详情(&amp;D)</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>基本信息</translation>
    </message>
    <message>
        <source>%1 – %2 %3</source>
        <translation>%1 – %2 %3</translation>
    </message>
    <message>
        <source>Started:</source>
        <translation>开始时间：</translation>
    </message>
    <message>
        <source>Took:</source>
        <translation>耗时：</translation>
    </message>
    <message>
        <source>Client:</source>
        <translation>客户端：</translation>
    </message>
    <message>
        <source>Request:</source>
        <translation>请求：</translation>
    </message>
    <message>
        <source>Answer:</source>
        <translation>响应：</translation>
    </message>
    <message>
        <source>Request ID:</source>
        <translation>请求 ID：</translation>
    </message>
    <message>
        <source>Service&apos;s ID:</source>
        <translation>服务端 ID：</translation>
    </message>
    <message>
        <source>%1, first byte after %2</source>
        <translation>%1，首字节 %2</translation>
    </message>
</context>
<context>
    <name>keywheel::RequestFilterBar</name>
    <message>
        <source>Search path, key, client, ID, error</source>
        <translation>搜索路径、密钥、客户端、ID、错误</translation>
    </message>
    <message>
        <source>Search the requests</source>
        <translation>搜索请求</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Every status</source>
        <translation>所有状态</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Needed another key</source>
        <translation>换过密钥</translation>
    </message>
    <message>
        <source>Refused (4xx)</source>
        <translation>被拒绝 (4xx)</translation>
    </message>
    <message>
        <source>Failed (5xx)</source>
        <translation>失败 (5xx)</translation>
    </message>
    <message>
        <source>Broken off</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Every key</source>
        <translation>所有密钥</translation>
    </message>
    <message>
        <source>Every path</source>
        <translation>所有路径</translation>
    </message>
</context>
<context>
    <name>keywheel::RequestLogModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>首字节</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总耗时</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Request: %1, answer: %2</source>
        <translation>请求：%1，响应：%2</translation>
    </message>
</context>
<context>
    <name>keywheel::RequestTable</name>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
</context>
<context>
    <name>keywheel::RequestsPage</name>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n 个请求</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n request(s)</source>
        <translation>
            <numerusform>%1 个（共 %n 个请求）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paused – %n new</source>
        <translation>
            <numerusform>已暂停 – %n 个新请求</numerusform>
        </translation>
    </message>
    <message>
        <source>No request matches</source>
        <translation>没有匹配的请求</translation>
    </message>
    <message>
        <source>None of the requests meets all of the conditions above.</source>
        <translation>没有请求满足上述所有条件。</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>显示全部(&amp;A)</translation>
    </message>
    <message>
        <source>No requests yet</source>
        <translation>还没有请求</translation>
    </message>
    <message>
        <source>Let a tool use %1 as its base URL, and its requests appear here.</source>
        <translation>让工具使用 %1 作为 Base URL，其请求就会显示在此处。</translation>
    </message>
    <message>
        <source>&amp;Connect a tool</source>
        <translation>连接工具(&amp;C)</translation>
    </message>
    <message>
        <source>Copy as &amp;JSON</source>
        <translation>复制为 JSON(&amp;J)</translation>
    </message>
    <message>
        <source>Copy request &amp;ID</source>
        <translation>复制请求 ID(&amp;I)</translation>
    </message>
    <message>
        <source>Only this &amp;path</source>
        <translation>仅此路径(&amp;P)</translation>
    </message>
    <message>
        <source>Only this &amp;key</source>
        <translation>仅此密钥(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Show the key</source>
        <translation>显示该密钥(&amp;S)</translation>
    </message>
    <message>
        <source>Export requests</source>
        <translation>导出请求</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON 行 (*.jsonl)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Keeps the table as it is; new requests are counted</source>
        <translation>表格保持不变；仅统计新请求的数量</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>清空(&amp;L)</translation>
    </message>
    <message>
        <source>Empties this table; nothing else is forgotten</source>
        <translation>清空此表格；不影响其他内容</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Saves the requests that the table shows</source>
        <translation>保存表格中显示的请求</translation>
    </message>
</context>
<context>
    <name>keywheel::RunKeyAutostart</name>
    <message>
        <source>Windows does not let Keywheel change what starts at login.</source>
        <translation>Windows 不允许 Keywheel 更改登录时启动的程序。</translation>
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
    <name>keywheel::ServerCard</name>
    <message>
        <source>Base &amp;URL:</source>
        <translation>Base URL(&amp;U)：</translation>
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
    <message>
        <source>Copy the base URL</source>
        <translation>复制 Base URL</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>启动(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Tools must send the AUTH_KEY as their API key.</source>
        <translation>工具必须将 AUTH_KEY 作为其 API 密钥发送。</translation>
    </message>
    <message>
        <source>Any API key will do in the tool.</source>
        <translation>工具中可填写任意 API 密钥。</translation>
    </message>
    <message>
        <source>Requests are refused until you start it.</source>
        <translation>启动之前，所有请求都会被拒绝。</translation>
    </message>
    <message>
        <source>See below what is in the way.</source>
        <translation>请在下方查看原因。</translation>
    </message>
    <message>
        <source>Demo: requests are answered by a simulated upstream, with sample keys.</source>
        <translation>演示：由模拟上游使用示例密钥响应请求。</translation>
    </message>
    <message>
        <source>Requests go to %1.</source>
        <translation>请求转发到 %1。</translation>
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
    <name>keywheel::StatusLine</name>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
</context>
<context>
    <name>keywheel::TestPanel</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>发送(&amp;S)</translation>
    </message>
    <message>
        <source>Uses one of your keys, as any request does.</source>
        <translation>与其他请求一样，会使用您的一个密钥。</translation>
    </message>
    <message>
        <source>Start Keywheel to send a request.</source>
        <translation>请启动 Keywheel 以发送请求。</translation>
    </message>
    <message>
        <source>Waiting for the answer…</source>
        <translation>正在等待响应…</translation>
    </message>
    <message>
        <source>The answer is coming in…</source>
        <translation>正在接收响应…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>It works: the answer came through Keywheel.</source>
        <translation>正常：已通过 Keywheel 收到响应。</translation>
    </message>
    <message>
        <source>Send a test request</source>
        <translation>发送测试请求</translation>
    </message>
    <message>
        <source>&amp;Model:</source>
        <translation>模型(&amp;M)：</translation>
    </message>
    <message>
        <source>The first one that the service lists</source>
        <translation>服务列出的第一个模型</translation>
    </message>
    <message>
        <source>The answer appears here.</source>
        <translation>响应将显示在此处。</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>响应</translation>
    </message>
</context>
<context>
    <name>keywheel::TestRequest</name>
    <message>
        <source>Keywheel cannot be reached: %1.</source>
        <translation>无法连接 Keywheel：%1。</translation>
    </message>
    <message>
        <source>The answer was an error (%1).</source>
        <translation>响应是错误（%1）。</translation>
    </message>
    <message>
        <source>The answer was an error (%1): %2</source>
        <translation>响应是错误（%1）：%2</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>The upstream lists no model; name one.</source>
        <translation>上游未列出任何模型，请指定一个。</translation>
    </message>
    <message>
        <source>The answer broke off with an error: %1</source>
        <translation>响应因错误而中断：%1</translation>
    </message>
    <message>
        <source>The answer broke off: %1.</source>
        <translation>响应中断：%1。</translation>
    </message>
    <message>
        <source>The answer was no stream of a chat completion.</source>
        <translation>响应不是聊天补全的流。</translation>
    </message>
</context>
<context>
    <name>keywheel::Timeline</name>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>正在等待</translation>
    </message>
    <message>
        <source>Receiving</source>
        <translation>正在接收</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>停顿</translation>
    </message>
    <message>
        <source>Attempt %1: %2 for a connection.</source>
        <translation>第 %1 次尝试：建立连接用时 %2。</translation>
    </message>
    <message>
        <source>Attempt %1: %2 until the answer.</source>
        <translation>第 %1 次尝试：等待响应用时 %2。</translation>
    </message>
    <message>
        <source>Attempt %1: %2 to receive it.</source>
        <translation>第 %1 次尝试：接收响应用时 %2。</translation>
    </message>
    <message>
        <source>Pause of %1.</source>
        <translation>停顿 %1。</translation>
    </message>
    <message>
        <source>In all: %1.</source>
        <translation>共计：%1。</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>Attempt %1: %2 in the queue.</source>
        <translation>第 %1 次尝试：排队用时 %2。</translation>
    </message>
</context>
<context>
    <name>keywheel::TrafficView</name>
    <message>
        <source>Traffic</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 分钟</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>Show the last 5 minutes</source>
        <translation>显示最近 5 分钟</translation>
    </message>
    <message>
        <source>Show the last hour</source>
        <translation>显示最近 1 小时</translation>
    </message>
    <message>
        <source>Show the last 24 hours</source>
        <translation>显示最近 24 小时</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>每分钟请求数</translation>
    </message>
    <message>
        <source>Chart of requests per minute</source>
        <translation>每分钟请求数图表</translation>
    </message>
    <message>
        <source>Time to first byte</source>
        <translation>首字节时间</translation>
    </message>
    <message>
        <source>Chart of the time to the first byte</source>
        <translation>首字节时间图表</translation>
    </message>
    <message>
        <source>−%1 min</source>
        <translation>−%1 分钟</translation>
    </message>
    <message>
        <source>−%1 h</source>
        <translation>−%1 小时</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>%1/min</source>
        <translation>%1/分钟</translation>
    </message>
    <message>
        <source>%1 succeeded</source>
        <translation>%1 次成功</translation>
    </message>
    <message>
        <source>%1 retries</source>
        <translation>%1 次重试</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 次失败</translation>
    </message>
    <message>
        <source>%1: %2 succeeded, %3 retries, %4 failed. At most %5 in a minute.</source>
        <translation>%1：%2 次成功，%3 次重试，%4 次失败。每分钟最多 %5 次。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>p50: %1</source>
        <translation>p50：%1</translation>
    </message>
    <message>
        <source>p95: %1</source>
        <translation>p95：%1</translation>
    </message>
    <message>
        <source>%1: p50 is now %2, p95 is now %3. At most %4.</source>
        <translation>%1：p50 当前为 %2，p95 当前为 %3。最高 %4。</translation>
    </message>
    <message>
        <source>%1
p50: %2
p95: %3</source>
        <translation>%1
p50：%2
p95：%3</translation>
    </message>
    <message>
        <source>%1
%2 succeeded per minute
%3 retries per minute
%4 failed per minute</source>
        <translation>%1
每分钟 %2 次成功
每分钟 %3 次重试
每分钟 %4 次失败</translation>
    </message>
    <message>
        <source>Last 5 minutes</source>
        <translation>最近 5 分钟</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>最近 1 小时</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>最近 24 小时</translation>
    </message>
</context>
<context>
    <name>keywheel::TrayIcon</name>
    <message>
        <source>Keywheel (demo)</source>
        <translation>Keywheel（演示）</translation>
    </message>
    <message>
        <source>Keywheel</source>
        <translation>Keywheel</translation>
    </message>
    <message>
        <source>Demo: %1</source>
        <translation>演示：%1</translation>
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
        <source>L&amp;anguage</source>
        <translation>语言(&amp;A)</translation>
    </message>
    <message>
        <source>Noti&amp;fications</source>
        <translation>通知(&amp;F)</translation>
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
