/** What a model tells about the device that it runs on. */
export type DeviceEvent =
  /** The device is gone; the model is opened anew, and what was running goes on when it is there. */
  | { readonly type: 'device-lost'; readonly device: string; readonly reason: string }
  /** The model runs again; sessions read their texts once more when they are next used. */
  | { readonly type: 'device-restored'; readonly device: string; readonly milliseconds: number };
