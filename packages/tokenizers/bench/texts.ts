import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasShared, readSharedText } from '@nexttoken/goldens';

/** A text to encode, and what it is. */
export interface BenchText {
  readonly name: string;
  readonly source: string;
  readonly text: string;
}

/** Four texts of so many units; the same on every run and every machine but for their sources. */
export function benchTexts(size = 750_000): BenchText[] {
  return [english(size), code(size), chinese(size), emoji(size)];
}

function english(size: number): BenchText {
  const path = 'data/corpora/wikitext-2-raw.test.txt';
  if (hasShared)
    return { name: 'english', source: 'WikiText-2 raw, test', text: fill(readSharedText(path), size) };
  const words =
    'the of and to in a is that for it as was with be by on not he his but at are this have from'.split(' ');
  return {
    name: 'english',
    source: 'seeded words: the WikiText file is not there',
    text: sample(words, ' ', ['. ', ', ', '.\n'], size),
  };
}

function code(size: number): BenchText {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const files = readdirSync(root)
    .sort()
    .flatMap((name) => sources(join(root, name, 'src')));
  return {
    name: 'code',
    source: "this repository's TypeScript",
    text: fill(files.map((file) => readFileSync(file, 'utf8')).join('\n'), size),
  };
}

function sources(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

const chineseWords =
  '的 是 不 我 一 有 在 人 了 他 这 中 大 来 上 国 个 到 说 们 为 子 和 你 地 出 道 也 时 年 得 就 那 要 下 以 生 会 自己 着 去 之 过 家 学 对 可以 她 里 后 小 么 心 多 天 而 能 好 都 然 没有 日 于 起 还 发 成 事 只 作 当 想 看 文 无 开 手 十 用 主 行 方 又 如 前 所 本 见 经 头 面 公 同 三 已 老 从 动 两 长 知道 民 样 现在 分 将 外 但是 身 些 与 高 意 进 把 法 此 实 回 二 理 美 点 月 明 其 种 声 全 工 己 话 儿 者 向 情 部 正 名 定 女 问 力 机 给 等 几 很 业 最 间 新 什么 打 便 位 因 重 被 走 电 四 第 门 相 次 东 政 海 口 使 教 西 再 平 真 听 世 气 信 北 少 关 并 内 加 化 由 却 代 军 产 入 先 山 五 太 水 万 市 眼 体 别 处 总 才 场 师 书 比 住 员 九 笑 性 通 目 华 报 立 马 命 张 活 难 神 数 件 安 表 原 车 白 应 路 期 叫 死 常 提 感 金 何 更 反 合 放 做 系 计 或 司 利 受 光 王 果 亲 界 及 今 京 务 制 解 各 任 至 清 物 台 象 记 边 共 风 战 干 接 它 许 八 特 觉 望 直 服 毛 林 题 建 南 度 统 色 字 请 交 爱 让 认 算 论 百 吃 义 科 怎 元 社 术 结 六 功 指 思 非 流 每 青 管 夫 连 远 资 队 跟 带 花 快 条 院 变 联 言 权 往 展 该 领 传 近 留 红 治 决 周 保 达 办 运 武 半 候 七 必 城 父 强 步 完 革命 深 区 即 求 品 士 转 量 空 甚 众 技 轻 程 告 江 语 英 基 派 满 式 李 息 写 呢 识 极 令 黄 德 收 脸 钱 党 倒 未 持 取 设 始 版 双 历 越 史 商 千 片 容 研究 像 找 友 孩 站 广 改 议 形 委 早 房 音 火 际 则 首 单 据 导 影 失 拿 网 香 似 斯 专 石 若 兵 弟 谁 校 读 志 飞 观 争 究 包 组 造 落 视 济 喜 离 虽 坏 坐 人工智能 语言模型 计算机 互联网'.split(
    ' ',
  );

function chinese(size: number): BenchText {
  const marks = ['，', '。', '，', '、', '。\n', '？', '！', '：“', '”，', '；'];
  return {
    name: 'chinese',
    source: 'seeded text of 400 frequent Chinese words',
    text: sample(chineseWords, '', marks, size),
  };
}

function emoji(size: number): BenchText {
  const words =
    '😀 😂 ❤️ 👍🏽 🎉 🚀 🌟 😭 🙏 🔥 👩‍👩‍👧 🇩🇪 🇯🇵 ☕️ 🐶 🦊 🍕 🥳 👨🏾‍💻 ✨ lol omg yes no today tonight love it so happy thanks see you soon party coffee ok haha wow great day cat dog'.split(
      ' ',
    );
  return {
    name: 'emoji',
    source: 'seeded chat of emoji and English words',
    text: sample(words, ' ', ['!! ', ' 😂😂 ', '.\n', ' 🎉🎉🎉\n'], size),
  };
}

/** Words drawn with the frequencies of a language (rank to the power of -1), in clauses of 3 to 14. */
function sample(words: readonly string[], space: string, ends: readonly string[], size: number): string {
  const random = seeded(1);
  const parts: string[] = [];
  for (let length = 0; length < size; ) {
    const count = 3 + Math.floor(random() * 12);
    const clause = Array.from({ length: count }, () => words[Math.floor(words.length ** random()) - 1]!).join(
      space,
    );
    const part = clause + ends[Math.floor(random() * ends.length)]!;
    parts.push(part);
    length += part.length;
  }
  return parts
    .join('')
    .slice(0, size)
    .replace(/[\ud800-\udbff]$/, '');
}

function fill(text: string, size: number): string {
  return text
    .repeat(Math.ceil(size / text.length))
    .slice(0, size)
    .replace(/[\ud800-\udbff]$/, '');
}

/** Marsaglia's xorshift of 32 bits. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
